"""Promises about an account that another case protects, where whoever acts cannot open that case."""

from collections.abc import Callable, Iterator

import pytest

from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.queries.elsewhere import is_protected_elsewhere
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import restraining, writing_down
from safeconduct.domains.cases.services.indexing import index_waiting
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.early_warning import memory
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.early_warning.making import wake
from tests.domains.safety.platform import THE_STRANGER, FakePlatform
from tests.domains.safety.worked import connected
from tests.programme import Programme

SIGN_OUT = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", THE_STRANGER))


@pytest.fixture(autouse=True)
def platform(programme: Programme) -> Iterator[FakePlatform]:
    with connected() as fake:
        yield fake


def account(handle: str, *, mine: bool) -> AccountNamed:
    return AccountNamed("juniper-square", handle, mine=mine)


def order(programme: Programme, made: MadeCase) -> None:
    desk = programme.desk("idris")
    shown = restraining.cost(made.id, SIGN_OUT, desk).shown
    restraining.order(made.id, SIGN_OUT, reason="It threatens.", cost_shown=shown, desk=desk, key=new_id())


def worlds(programme: Programme, handle: str, *, mine: bool) -> MadeCase:
    """Return a case of Idris's; the other, which he cannot open, names the account that he acts against."""
    other = make_case(programme, stage=Stage.TRIAGE, by="ines", accounts=(account(handle, mine=mine),))
    with pytest.raises(NotAllowed):
        queries.case_for(other.id, programme.desk("idris"))
    return make_case(programme, stage=Stage.TRIAGE, by="idris", accounts=(account(THE_STRANGER, mine=False),))


@pytest.mark.parametrize("written", [THE_STRANGER, f"@{THE_STRANGER.upper()}:juniper.example"])
def test_awake_the_index_asks_for_a_second_person_and_says_no_more(programme: Programme, written: str) -> None:
    made = worlds(programme, written, mine=True)
    index_waiting(programme.desk("ines"), wake(programme))

    with pytest.raises(Refused, match="a report of another case asks us to protect this account") as refused:
        order(programme, made)

    assert THE_STRANGER not in refused.value.sentence


def test_an_account_that_other_cases_name_as_attacking_takes_one_person(programme: Programme) -> None:
    made = worlds(programme, THE_STRANGER, mine=False)
    index_waiting(programme.desk("ines"), wake(programme))

    order(programme, made)

    assert queries.case_for(made.id, programme.desk("idris")).acts


def test_asleep_the_index_knows_nothing_of_cases_that_one_cannot_open(programme: Programme) -> None:
    made = worlds(programme, THE_STRANGER, mine=True)

    order(programme, made)

    assert queries.case_for(made.id, programme.desk("idris")).acts


@pytest.mark.parametrize("meanwhile", [lambda: None, memory.forget])
def test_an_account_taken_back_is_protected_nowhere_any_more(
    programme: Programme, meanwhile: Callable[[], None]
) -> None:
    other = make_case(programme, stage=Stage.TRIAGE, by="ines")
    made = make_case(programme, stage=Stage.TRIAGE, by="idris", accounts=(account(THE_STRANGER, mine=False),))
    keys = wake(programme)
    mistyped, ines = AccountRef("juniper-square", THE_STRANGER), programme.desk("ines")
    writing_down.write_down(other.id, other.report_id, mistyped, source="By telephone.", desk=ines)
    index_waiting(ines, keys)
    assert is_protected_elsewhere(mistyped, made.id, programme.desk("idris"))

    meanwhile()
    writing_down.take_back(other.id, other.report_id, mistyped, programme.desk("ines"))
    index_waiting(programme.desk("ines"), wake(programme))

    order(programme, made)
