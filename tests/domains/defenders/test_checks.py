"""Doctor about benches: none is a way to run a programme, half-made ones are not."""

import pytest

from safeconduct.accounts import services
from safeconduct.domains.defenders.checks import Benches
from tests.accounts.test_benches import sit
from tests.programme import found, found_with_benches


@pytest.mark.usefixtures("db", "data_folder")
def test_a_programme_without_benches_is_well_and_said_to_keep_pseudonyms_only() -> None:
    found()

    said = Benches().run()

    assert (said.well, said.what.startswith("Pseudonyms only")) == (True, True)


@pytest.mark.usefixtures("db", "data_folder")
def test_benches_that_were_begun_and_do_not_sit_are_wrong() -> None:
    programme = found()
    sit(programme)
    made = Benches().run()
    services.begin_benches(by=programme.desk("leyla"))

    unsigned = Benches().run()

    assert (made.well, unsigned.well) == (False, False)


@pytest.mark.usefixtures("db", "data_folder")
def test_benches_that_sit_are_well() -> None:
    found_with_benches()

    assert Benches().run().what.startswith("Two benches of custodians sit.")
