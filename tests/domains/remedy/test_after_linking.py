"""Written as the attacker: a case is linked into another, so that nobody finds what its first decider did."""

from itertools import count
from uuid import UUID, uuid4

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import hands
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal, ReviewFile
from safeconduct.domains.remedy.rules import Conclusion
from safeconduct.domains.remedy.services import keeping
from safeconduct.domains.remedy.values import Given, Ruling
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.remedy.attacking import finds_nothing, no_key
from tests.domains.remedy.making import (
    CHANGED,
    UPHELD,
    appeal,
    appeal_with,
    decided_appeal,
    joining,
    make_decided,
    statement,
    taken,
)
from tests.programme import Programme

RETURNED = Ruling(Conclusion.RETURNED, "It is looked at afresh by somebody else.")


def outsider(programme: Programme, name: str = "rana") -> str:
    """Let a reviewer from outside join, and return their cookie."""
    return joining(programme, name, name.title())


def at(cookie: str) -> Desk:
    desk = accounts.session_from(cookie)
    assert isinstance(desk, Desk)
    return desk


def returned_and_linked(programme: Programme) -> tuple[MadeCase, Given]:
    """Leyla decides the case that Ines holds; it is returned, and Idris links it into one of his."""
    made = make_case(programme, stage=CaseStage.ACTING, by="ines")
    services.decide_case(made.id, DECISION, programme.desk("leyla"))
    given = statement(programme, made, by="ines")
    decided_appeal(programme, made, RETURNED)
    other = make_case(programme, stage=CaseStage.ACTING, by="idris")
    work.take_case(made.id, programme.desk("idris"))
    work.link_reports(made.id, other.id, programme.desk("idris"))
    return other, given


def test_linking_the_case_away_makes_nobody_who_decided_it_fresh(programme: Programme) -> None:
    rana = outsider(programme)
    _, given = returned_and_linked(programme)

    receipt = appeal_with(given)
    services.rewrap_reviews(at(rana))

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_whoever_decides_the_case_it_went_to_finds_nothing(programme: Programme) -> None:
    """Leyla has never touched the case of the statement. She decides the one that its report went to."""
    rana = outsider(programme)
    made = make_decided(programme, by="ines", decision=DECISION)
    given = statement(programme, made, by="ines")
    decided_appeal(programme, made, RETURNED)
    other = make_case(programme, stage=CaseStage.ACTING, by="idris")
    work.take_case(made.id, programme.desk("idris"))
    work.link_reports(made.id, other.id, programme.desk("idris"))
    services.decide_case(other.id, DECISION, programme.desk("leyla"))

    receipt = appeal_with(given)
    services.rewrap_reviews(at(rana))

    assert programme.member_id("leyla") in hands.hands_on(made.id)
    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_whoever_reviewed_it_before_it_was_linked_is_not_fresh_after(programme: Programme) -> None:
    """Idris upheld one appeal, Noor returned another; where the report went, neither decides the next."""
    rana, noor = outsider(programme), outsider(programme, "noor")
    made = make_decided(programme, by="ines", decision=DECISION)
    given = statement(programme, made, by="ines")
    first = appeal_with(given)
    services.take_appeal(first.appeal_id, at(rana))
    services.decide_appeal(first.appeal_id, UPHELD, at(rana))
    second = appeal(made)
    services.take_appeal(second.appeal_id, at(noor))
    services.decide_appeal(second.appeal_id, RETURNED, at(noor))
    other = make_case(programme, stage=CaseStage.ACTING, by="leyla")
    work.take_case(made.id, programme.desk("leyla"))
    work.link_reports(made.id, other.id, programme.desk("leyla"))
    services.decide_case(other.id, DECISION, programme.desk("leyla"))

    third = appeal(made)

    assert taken(third, programme.desk("idris")).case is not None
    for desk in (at(rana), at(noor)):
        finds_nothing(desk, third.appeal_id)
        no_key(desk, third.appeal_id)


def test_a_fair_reviewer_reads_the_case_where_it_went_and_can_change_it(programme: Programme) -> None:
    rana = outsider(programme)
    other, given = returned_and_linked(programme)
    receipt = appeal_with(given)
    services.take_appeal(receipt.appeal_id, at(rana))
    read = queries.review_for(receipt.appeal_id, at(rana)).case
    services.decide_case(other.id, DECISION, programme.desk("idris"))

    services.decide_appeal(receipt.appeal_id, CHANGED, at(rana))

    assert read is not None
    assert read.id == other.id
    assert Appeal.objects.get(pk=receipt.appeal_id).conclusion == Conclusion.CHANGED.value


@pytest.mark.parametrize("ruling", [CHANGED, RETURNED])
def test_a_case_that_is_worked_on_anew_is_decided_there_first(programme: Programme, ruling: Ruling) -> None:
    rana = outsider(programme)
    _, given = returned_and_linked(programme)
    receipt = appeal_with(given)
    services.take_appeal(receipt.appeal_id, at(rana))

    with pytest.raises(Refused) as refusal:
        services.decide_appeal(receipt.appeal_id, ruling, at(rana))

    assert refusal.value.code == "appeal.case-open-again"


@pytest.mark.parametrize("words", ["They published where I live and", "amina wrote nothing"])
def test_words_are_checked_against_a_report_that_was_linked_away(programme: Programme, words: str) -> None:
    rana = outsider(programme)
    _, given = returned_and_linked(programme)
    receipt = appeal_with(given)
    services.take_appeal(receipt.appeal_id, at(rana))

    with pytest.raises(Refused) as refusal:
        services.write_as_reviewer(receipt.appeal_id, words, at(rana), key=uuid4())

    assert refusal.value.code in {"statement.quotes-the-report", "statement.names-somebody"}


def test_nobody_writes_or_decides_where_the_review_opens_no_report(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    receipt = appeal_with(statement(programme, made))
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))
    Appeal.objects.filter(pk=receipt.appeal_id).update(case_id=make_case(programme).id)

    with pytest.raises(Refused) as unwritten:
        services.write_as_reviewer(receipt.appeal_id, "We look at it.", programme.desk("idris"), key=uuid4())
    with pytest.raises(Refused) as undecided:
        services.decide_appeal(receipt.appeal_id, UPHELD, programme.desk("idris"))

    assert {unwritten.value.code, undecided.value.code} == {"appeal.opens-nothing"}


def test_of_two_decisions_in_one_minute_the_later_ones_file_is_opened(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first file is wrapped to Leyla, who made the second decision; here its random id sorts after the second's."""
    rana = outsider(programme)
    falling = (UUID(int=each) for each in count(2**128 - 1, -1))
    monkeypatch.setattr(keeping, "new_id", lambda: next(falling))
    made = make_decided(programme, by="ines", decision=DECISION)
    decided_appeal(programme, made, RETURNED)
    work.take_case(made.id, programme.desk("leyla"))
    services.decide_case(made.id, DECISION, programme.desk("leyla"))
    ReviewFile.objects.update(made_at=clock.this_minute())

    receipt = appeal(made)

    later = ReviewFile.objects.order_by("locks__decision").last()
    assert later is not None
    assert Appeal.objects.get(pk=receipt.appeal_id).file_id == later.id
    assert queries.review_for(receipt.appeal_id, at(rana))
