from datetime import timedelta

import pytest

from safeconduct.domains.partners import services
from safeconduct.domains.partners.models import Filing
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.project import rounds

HARBOURS, LANTERNS = b"h" * 32, b"l" * 32


def test_the_same_key_gives_the_same_nonce_and_only_to_its_organisation() -> None:
    assert services.nonce_of(HARBOURS, "HH-1") == services.nonce_of(HARBOURS, "HH-1")
    assert services.nonce_of(HARBOURS, "HH-1") != services.nonce_of(HARBOURS, "HH-2")
    assert services.nonce_of(HARBOURS, "HH-1") != services.nonce_of(LANTERNS, "HH-1")


@pytest.mark.django_db
def test_the_same_filing_again_passes() -> None:
    services.check_filing(HARBOURS, "HH-1", b"words")
    services.check_filing(HARBOURS, "HH-1", b"words")

    assert Filing.objects.count() == 1


@pytest.mark.django_db
def test_a_key_for_other_words_is_refused() -> None:
    services.check_filing(HARBOURS, "HH-1", b"words")

    with pytest.raises(Refused, match="new key"):
        services.check_filing(HARBOURS, "HH-1", b"other words")


@pytest.mark.django_db
def test_two_partners_may_use_the_same_key() -> None:
    services.check_filing(HARBOURS, "HH-1", b"words")
    services.check_filing(LANTERNS, "HH-1", b"other words")

    assert Filing.objects.count() == 2


@pytest.mark.django_db
def test_what_recognises_a_repeat_is_forgotten_after_thirty_days() -> None:
    services.check_filing(HARBOURS, "HH-1", b"words")
    later = clock.now() + timedelta(days=31)

    with clock.use(lambda: later):
        assert services.forget_old_filings() == 1


def test_forgetting_is_one_of_the_rounds_and_waits_for_nobody() -> None:
    assert services.forget_old_filings in {each.run for each in rounds.within_the_house()}
