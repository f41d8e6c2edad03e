"""Written as the attacker: whoever had any part in a case tries every way into the appeal against it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from safeconduct.accounts.values import Desk
from safeconduct.connectors import paging
from safeconduct.domains.cases import queries as case_queries
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import channel, conversation, escalation, reviewed, work
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal, KeptWaiting
from safeconduct.domains.remedy.rules import Conclusion
from safeconduct.domains.remedy.values import Ruling
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import ASSESSMENT, DECISION, KeptPages, MadeCase, escalate_due, make_case
from tests.domains.remedy.attacking import finds_nothing, no_key, secrets_id
from tests.domains.remedy.making import (
    CHANGED,
    appeal,
    decided_appeal,
    make_decided,
)
from tests.programme import Programme
from tests.standing import Clock

WORK: dict[str, Callable[[MadeCase, Desk], object]] = {
    "take": lambda _made, _desk: None,
    "note": lambda made, desk: work.add_note(made.id, "Looks like a wave.", desk),
    "assess": lambda made, desk: work.assess(made.id, ASSESSMENT, "What was written.", desk),
    "answer": lambda made, desk: work.answer(made.id, made.report_id, "We are on it.", desk, key=secrets_id()),
}


@pytest.fixture
def leylas_pager(programme: Programme) -> Iterator[KeptPages]:
    kept = KeptPages()
    with paging.registered(kept):
        channel.set_pager_address(programme.desk("leyla"), kept.name, "leyla")
        yield kept


def test_being_handed_the_case_afterwards_takes_the_appeal_away(programme: Programme) -> None:
    """Idris could decide it. Then he is given the case: from that moment he has a hand in it."""
    made = make_decided(programme, by="ines")
    receipt = appeal(made)
    assert queries.review_for(receipt.appeal_id, programme.desk("idris"))

    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    finds_nothing(programme.desk("idris"), receipt.appeal_id)
    services.rewrap_reviews(programme.desk("leyla"))
    no_key(programme.desk("idris"), receipt.appeal_id)


def test_taking_the_case_after_the_appeal_takes_the_appeal_away(programme: Programme) -> None:
    made = make_decided(programme, by="ines")
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk("leyla"))

    work.take_case(made.id, programme.desk("leyla"))

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)


@pytest.mark.parametrize("deed", WORK)
def test_whoever_worked_on_the_case_finds_no_appeal_against_it(programme: Programme, deed: str) -> None:
    made = make_case(programme)
    idris = programme.desk("idris")
    work.take_case(made.id, idris)
    WORK[deed](made, idris)
    work.hand_over(made.id, programme.member_id("ines"), idris, note="Yours.")
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    receipt = appeal(made)

    finds_nothing(idris, receipt.appeal_id)
    no_key(idris, receipt.appeal_id)


def test_a_note_in_a_case_that_somebody_else_took_counts(programme: Programme) -> None:
    made = make_case(programme)
    work.add_note(made.id, "Looks like a wave.", programme.desk("idris"))
    work.take_case(made.id, programme.desk("ines"))
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    receipt = appeal(made)

    finds_nothing(programme.desk("idris"), receipt.appeal_id)
    no_key(programme.desk("idris"), receipt.appeal_id)


def test_whoever_was_woken_for_a_case_and_said_they_have_it_finds_no_appeal_against_it(
    programme: Programme, leylas_pager: KeptPages
) -> None:
    made = make_case(programme, danger=Danger.NOW)
    escalate_due()
    leyla = programme.desk("leyla")
    [page] = case_queries.pages_for(leyla)
    escalation.acknowledge(page.id, leyla)
    work.take_case(made.id, programme.desk("ines"))
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    receipt = appeal(made)

    assert leylas_pager.sent_to("leyla")
    finds_nothing(leyla, receipt.appeal_id)
    no_key(leyla, receipt.appeal_id)


def test_a_decider_who_is_woken_because_nobody_answers_opens_no_appeal(
    programme: Programme, time: Clock, leylas_pager: KeptPages
) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)
    conversation.say(made.report_id, "Is anybody there?", ring=made.ring, by=made.reporter, key=secrets_id())

    time.move(timedelta(days=30))
    programme.cookies.clear()  # nobody is still signed in
    escalate_due()

    assert leylas_pager.sent_to("leyla")
    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_work_on_a_case_that_was_linked_into_the_decided_one_counts(programme: Programme) -> None:
    """Idris worked on the first report's case; Leyla links it into hers and Ines decides both."""
    first, second = make_case(programme), make_case(programme)
    work.take_case(first.id, programme.desk("idris"))
    work.take_case(first.id, programme.desk("leyla"))
    work.take_case(second.id, programme.desk("leyla"))
    work.link_reports(first.id, second.id, programme.desk("leyla"))
    work.hand_over(second.id, programme.member_id("ines"), programme.desk("leyla"), note="Yours.")
    services.decide_case(second.id, DECISION, programme.desk("ines"))

    with pytest.raises(Refused) as refusal:
        appeal(first)

    assert refusal.value.code == "appeal.no-reviewer"


def test_an_appeal_waits_rather_than_go_to_the_only_ones_left(programme: Programme) -> None:
    """Idris decided and Leyla has worked on it: nobody may decide the appeal, and it is given to neither."""
    made = make_case(programme)
    work.add_note(made.id, "Seen.", programme.desk("leyla"))
    work.take_case(made.id, programme.desk("idris"))
    services.decide_case(made.id, DECISION, programme.desk("idris"))

    with pytest.raises(Refused) as refusal:
        appeal(made)

    assert refusal.value.code == "appeal.no-reviewer"
    assert "outside" in refusal.value.sentence
    assert not Appeal.objects.exists()
    assert KeptWaiting.objects.filter(subject=made.report_id).exists()


def test_a_returned_case_keeps_out_those_who_worked_on_it(programme: Programme) -> None:
    made = make_decided(programme, by="ines")

    decided_appeal(programme, made, Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account."))

    with pytest.raises((NotAllowed, Refused)):
        work.take_case(made.id, programme.desk("ines"))


def test_a_change_is_made_by_the_reviewer_alone(programme: Programme) -> None:
    made = make_decided(programme, by="ines")

    decided_appeal(programme, made, CHANGED)

    for who in ("ines", "idris", "leyla"):
        with pytest.raises((NotAllowed, Refused)):
            reviewed.decide_again(made.id, DECISION, programme.desk(who))
