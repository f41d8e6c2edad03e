"""The zone in which somebody reads times: their own to choose, and nobody learns it from the record."""

import pytest

from safeconduct.accounts import services
from safeconduct.audit.models import Waiting
from safeconduct.kernel.errors import Refused
from tests.programme import Programme


def test_a_member_keeps_a_zone_and_gives_it_up_again(programme: Programme) -> None:
    services.keep_time_zone("Africa/Nairobi", by=programme.desk("idris"))
    assert programme.desk("idris").time_zone == "Africa/Nairobi"

    services.keep_time_zone("", by=programme.desk("idris"))
    assert programme.desk("idris").time_zone == ""


def test_what_is_no_zone_changes_nothing(programme: Programme) -> None:
    with pytest.raises(Refused):
        services.keep_time_zone("Nowhere/Nothing", by=programme.desk("idris"))

    assert programme.desk("idris").time_zone == ""


def test_the_record_says_that_a_zone_was_kept_and_not_which(programme: Programme) -> None:
    services.keep_time_zone("Africa/Nairobi", by=programme.desk("idris"))

    (entry,) = Waiting.objects.filter(action="member.time-zone-kept")
    assert entry.subject == programme.member_id("idris")
    assert "Nairobi" not in str(vars(entry))
