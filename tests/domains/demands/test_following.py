"""After a key was replaced, demands follow to the keys of today, each by itself."""

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.queries import keys_to_leave
from safeconduct.domains.demands import services
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.services import following
from safeconduct.vault import queries as vault
from safeconduct.vault.models import Wrap
from tests.accounts.test_coming_and_going import sign
from tests.damage import damage
from tests.domains.demands.making import log
from tests.programme import LEADS, Programme


def test_a_demand_that_does_not_open_stops_none_of_the_others(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "A_FEW", 1)
    bad, _good = (Demand.objects.get(pk=each) for each in sorted(log(programme.desk("ines")) for _ in range(2)))
    accounts.rekey_team(programme.team_id(LEADS), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LEADS))
    for wrap in Wrap.objects.filter(envelope=bad.envelope):
        damage(wrap)

    assert services.follow_keys(programme.desk("leyla")) == 1

    stale = vault.wrapped_to(keys_to_leave())
    assert [*Demand.objects.filter(envelope__in=stale)] == [bad]
