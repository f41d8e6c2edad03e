"""Promises about acts on an account that a report of another case asks to protect: two people, and nothing is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.queries import elsewhere
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import restraining, seconding
from safeconduct.domains.cases.services.linking import link_reports
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_STRANGER, FakePlatform
from tests.domains.safety.worked import connected
from tests.programme import Programme
from tests.standing import Clock

SIGN_OUT = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", THE_STRANGER))
WHY = "It threatens. Rule 4."
ATTACKER = AccountNamed("juniper-square", THE_STRANGER, mine=False)
THEIRS = AccountNamed("juniper-square", f"@{THE_STRANGER.upper()}\u200f", mine=True)


@pytest.fixture(autouse=True)
def platform(programme: Programme) -> Iterator[FakePlatform]:
    with connected() as fake:
        yield fake


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))


@pytest.fixture
def protected(programme: Programme) -> MadeCase:
    """Give a case in which the same account is one to protect."""
    return make_case(programme, stage=Stage.TRIAGE, accounts=(THEIRS,))


def order(programme: Programme, made: MadeCase, who: str = "ines", wanted: Restraint = SIGN_OUT) -> None:
    desk = programme.desk(who)
    shown = restraining.cost(made.id, wanted, desk).shown
    restraining.order(made.id, wanted, reason=WHY, cost_shown=shown, desk=desk, key=new_id())


def acts_of(programme: Programme, made: MadeCase) -> int:
    return len(queries.case_for(made.id, programme.desk("ines")).acts)


@pytest.mark.usefixtures("protected")
def test_an_account_protected_in_another_case_takes_a_second_person(programme: Programme, made: MadeCase) -> None:
    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, made)
    assert acts_of(programme, made) == 0

    order(programme, made, "leyla")

    assert acts_of(programme, made) == 1
    assert queries.case_for(made.id, programme.desk("ines")).seconds == ()


@pytest.mark.usefixtures("protected")
def test_nobody_is_their_own_second_person(programme: Programme, made: MadeCase) -> None:
    for _again in range(2):
        with pytest.raises(Refused, match="A second person must agree"):
            order(programme, made)

    assert acts_of(programme, made) == 0
    assert len(queries.case_for(made.id, programme.desk("ines")).seconds) == 1


@pytest.mark.usefixtures("protected")
def test_a_second_persons_word_carries_one_act(programme: Programme, made: MadeCase) -> None:
    with pytest.raises(Refused):
        order(programme, made)
    order(programme, made, "leyla")

    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, made, "leyla")


@pytest.mark.usefixtures("protected")
def test_what_was_asked_is_over_after_a_day_and_when_it_is_taken_back(
    programme: Programme, made: MadeCase, time: Clock
) -> None:
    with pytest.raises(Refused):
        order(programme, made)
    asked = queries.case_for(made.id, programme.desk("ines")).seconds[0].id
    seconding.take_back(made.id, asked, programme.desk("leyla"))
    with pytest.raises(NotAllowed):
        seconding.take_back(made.id, asked, programme.desk("ines"))
    with pytest.raises(Refused):
        order(programme, made)

    time.move(timedelta(hours=24))

    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, made, "leyla")


@pytest.mark.usefixtures("protected")
def test_a_word_for_a_week_carries_no_year(programme: Programme, made: MadeCase) -> None:
    for who, days in (("ines", 7), ("leyla", 365)):
        wanted = Restraint(ActKind.ACCOUNT_SUSPEND, SIGN_OUT.account, until=clock.now() + timedelta(days=days))
        with pytest.raises(Refused, match="A second person must agree"):
            order(programme, made, who, wanted)


@pytest.mark.usefixtures("protected")
def test_a_word_for_one_message_carries_no_other(programme: Programme, made: MadeCase) -> None:
    hide = replace(SIGN_OUT, act=ActKind.CONTENT_DISABLE, item="post-1")
    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, made, "ines", hide)

    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, made, "leyla", replace(hide, item="post-2"))


@pytest.mark.usefixtures("protected")
def test_what_was_asked_in_a_case_that_was_linked_in_carries_nothing(programme: Programme, made: MadeCase) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))
    with pytest.raises(Refused):
        order(programme, made)

    link_reports(made.id, kept.id, programme.desk("ines"))

    with pytest.raises(Refused, match="A second person must agree"):
        order(programme, kept, "leyla")


@pytest.mark.usefixtures("protected")
def test_an_account_is_protected_by_more_than_the_newest_report(programme: Programme, made: MadeCase) -> None:
    make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))

    assert elsewhere.is_protected_elsewhere(SIGN_OUT.account, made.id, programme.desk("ines"))


@pytest.mark.usefixtures("protected")
def test_looking_at_what_an_act_costs_does_not_say_who_is_protected(programme: Programme, made: MadeCase) -> None:
    assert restraining.cost(made.id, SIGN_OUT, programme.desk("ines")).hindrance is None


def test_an_account_that_nobody_asks_to_protect_takes_one_person(programme: Programme, made: MadeCase) -> None:
    order(programme, made)

    assert acts_of(programme, made) == 1


@pytest.mark.usefixtures("made")
def test_an_account_of_a_closed_case_is_protected_there_no_more(programme: Programme) -> None:
    make_case(programme, stage=Stage.CLOSED, accounts=(THEIRS,))
    here = make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))

    assert not elsewhere.is_protected_elsewhere(SIGN_OUT.account, here.id, programme.desk("ines"))
