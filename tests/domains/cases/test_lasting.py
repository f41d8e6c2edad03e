"""No report is left to one key while a second person may read it, and none is lost without anybody saying so."""

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.models import KeyPair
from safeconduct.accounts.values import Desk, Exclusions, Joining
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.checks import OpenCasesRead
from safeconduct.domains.cases.queries.readers import FewReaders, readers_of_open_cases
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import work
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.accounts.test_coming_and_going import again, join, sign
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.cases.test_exclusions import opens
from tests.programme import LISBON, Programme

NO_LEAD = Exclusions(countries=frozenset({"NL"}))
INES_ALONE = Exclusions(countries=frozenset({"NL", "KE"}))


def nura_joins(programme: Programme) -> Joining:
    nura = join(programme)
    sign(programme, nura.member_id)
    accounts.share_team_keys(by=programme.desk("ines"))
    return nura


def reads(made: MadeCase, desk: Desk) -> bool:
    try:
        queries.case_for(made.id, desk)
    except NotAllowed:
        return False
    return True


def put_out(programme: Programme, name: str) -> None:
    accounts.remove_member(programme.member_id(name), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))


def test_where_no_lead_may_read_a_second_colleague_does(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, exclusions=NO_LEAD)

    assert [opens(programme, who, made.id) for who in ("ines", "idris", "leyla")] == [True, True, False]


def test_the_second_stays_the_same_and_a_newcomer_gets_no_taken_case(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, exclusions=NO_LEAD)
    nura = nura_joins(programme)

    assert work.rewrap_waiting(programme.desk("ines")) == 0

    assert opens(programme, "idris", made.id)
    assert not reads(made, again(nura))


def test_after_a_hand_over_whoever_had_it_is_the_second(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, exclusions=NO_LEAD)

    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    assert [opens(programme, who, made.id) for who in ("ines", "idris", "leyla")] == [True, True, False]


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.TRIAGE])
def test_what_one_person_holds_follows_at_their_door_to_whoever_was_signed_since(
    programme: Programme, stage: Stage
) -> None:
    made = make_case(programme, stage=stage, exclusions=INES_ALONE)
    nura = nura_joins(programme)

    assert work.rewrap_waiting(programme.desk("ines")) == 1

    assert [reads(made, again(nura)), *(opens(programme, who, made.id) for who in ("idris", "leyla"))] == [
        True,
        False,
        False,
    ]
    assert work.rewrap_waiting(programme.desk("ines")) == 0
    put_out(programme, "ines")
    assert reads(made, again(nura))


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.TRIAGE])
def test_the_lead_left_out_cannot_lose_the_report_to_everybody(programme: Programme, stage: Stage) -> None:
    made = make_case(programme, stage=stage, exclusions=INES_ALONE)
    nura_joins(programme)

    with pytest.raises(Refused, match="alone can open") as refusal:
        put_out(programme, "ines")

    assert made.receipt.number not in refusal.value.sentence
    assert opens(programme, "ines", made.id)


def test_doctor_counts_cases_that_one_or_nobody_can_open_and_names_none(programme: Programme) -> None:
    make_case(programme)
    assert (OpenCasesRead().run().mend, readers_of_open_cases()) == ("", FewReaders(0, 0))
    made = make_case(programme, exclusions=INES_ALONE)
    assert readers_of_open_cases() == FewReaders(one=1, none=0)

    KeyPair.objects.filter(member_id=programme.member_id("ines")).delete()

    assert readers_of_open_cases() == FewReaders(one=0, none=1)
    said = OpenCasesRead().run()
    assert "nobody can open: 1" in said.what
    assert made.receipt.number not in said.what + said.mend
