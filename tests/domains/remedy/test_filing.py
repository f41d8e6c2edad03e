"""Filing an appeal: by whom, against what, until when, how often."""

from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.audit import queries as audit
from safeconduct.audit.models import Waiting
from safeconduct.domains.cases.rules import Stage, limits
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Asks, Lane, Side, Urgency
from safeconduct.domains.remedy.services import filing
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import CaseCode, Keyring
from tests.domains.cases.making import DECISION, make_case, partner_origin
from tests.domains.cases.test_conversation import picture
from tests.domains.remedy.making import (
    appeal,
    appeal_with,
    decided_appeal,
    make_decided,
    plea,
    statement,
)
from tests.programme import Programme
from tests.standing import Clock


def test_a_reporter_appeals_with_their_code_also_after_no_action(programme: Programme) -> None:
    made = make_decided(programme)

    receipt = appeal(made, plea("They only looked at the first post."))

    view = queries.appeal_for(receipt.appeal_id, made.ring)
    assert (view.side, view.words, view.open) == (Side.REPORTER, "They only looked at the first post.", True)


def test_a_partner_appeals_and_all_of_the_organisation_can_read_it(programme: Programme) -> None:
    made = make_decided(programme, origin=partner_origin(programme))
    tomas = programme.desk("tomas")

    receipt = services.appeal_as_partner(made.report_id, plea(), ring=tomas.ring, organisation=tomas.organisation)

    assert queries.appeal_for(receipt.appeal_id, tomas.ring).side is Side.PARTNER
    with pytest.raises(NotAllowed):
        queries.appeal_for(receipt.appeal_id, made.ring)


def test_the_person_acted_on_appeals_with_the_code_on_their_statement(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    given = statement(programme, made)

    receipt = appeal_with(given, plea("The address was my own."))

    assert receipt.code is not None
    key = receipt.code.reporter
    cookie = services.enter(receipt.code)
    assert cookie
    ring = Keyring(programme.desk("tomas").actor, {key.recipient_id: key.key})
    assert queries.appeal_for(receipt.appeal_id, ring).words == "The address was my own."


def test_a_code_of_a_report_opens_no_appeal_and_an_unknown_one_is_answered_alike(programme: Programme) -> None:
    made = make_decided(programme)
    appeal(made)

    for code in (made.code, CaseCode.from_nonce(bytes(32))):
        with pytest.raises(NotAllowed) as refusal:
            services.enter(code)
        assert refusal.value.code == "code.unknown"


@pytest.mark.parametrize(("days", "may"), [(183, True), (186, True), (188, False)])
def test_six_months_and_not_one_day_less(programme: Programme, time: Clock, *, days: int, may: bool) -> None:
    made = make_decided(programme)
    time.move(timedelta(days=days))

    if may:
        assert queries.recourse_for(made.report_id, made.ring).asks is Asks.MAY
        appeal(made)
        return
    assert queries.recourse_for(made.report_id, made.ring).asks is Asks.TOO_LATE
    with pytest.raises(Refused) as refusal:
        appeal(made)
    assert refusal.value.code == "appeal.too-late"


def test_a_closed_case_can_be_appealed_against(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.CLOSED)

    assert appeal(made).appeal_id


def test_what_is_not_decided_cannot_be_appealed_against(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.ACTING)

    with pytest.raises(Refused) as refusal:
        appeal(made)

    assert refusal.value.code == "appeal.nothing-decided"


def test_one_appeal_at_a_time_against_one_decision(programme: Programme) -> None:
    made = make_decided(programme)
    appeal(made)

    with pytest.raises(Refused) as refusal:
        appeal(made, plea(new_evidence="A screenshot."))

    assert refusal.value.code == "appeal.under-way"


def test_a_second_appeal_needs_something_new_and_goes_to_somebody_else_again(programme: Programme) -> None:
    made = make_decided(programme)
    decided_appeal(programme, made, by="idris")

    with pytest.raises(Refused) as nothing_new:
        appeal(made)
    second = appeal(made, plea(new_evidence="A court has since confirmed it."))

    assert nothing_new.value.code == "appeal.nothing-new"
    assert [row.id for row in queries.queue_for(programme.desk("leyla"))] == [second.appeal_id]
    assert queries.queue_for(programme.desk("idris")) == []


def test_the_same_form_sent_twice_is_one_appeal(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    said, nonce, given = plea(), bytes(range(32)), statement(programme, made)
    mine = plea()

    assert appeal(made, mine) == appeal(made, mine)
    first, again = appeal_with(given, said, nonce), appeal_with(given, said, nonce)
    assert (first.appeal_id, first.code) == (again.appeal_id, again.code)


def test_a_form_that_was_a_moment_behind_itself_gets_the_receipt_of_the_first(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both passed every check before either was kept: the second reads the first one's receipt, and its digits."""
    made = make_decided(programme, decision=DECISION)
    given, said, nonce = statement(programme, made), plea(), bytes(range(32))
    first = appeal_with(given, said, nonce)
    looked, real = [None], filing._same
    monkeypatch.setattr(filing, "_same", lambda *about: looked.pop() if looked else real(*about))
    monkeypatch.setattr(filing, "_check", lambda *_: None)

    assert appeal_with(given, said, nonce) == first


def test_that_somebody_is_kept_waiting_is_recorded_once_and_not_where_the_decider_reads(programme: Programme) -> None:
    made = make_case(programme)
    work.add_note(made.id, "Seen.", programme.desk("leyla"))
    work.take_case(made.id, programme.desk("idris"))
    services.decide_case(made.id, DECISION, programme.desk("idris"))

    for _ in range(2):
        with pytest.raises(Refused):
            appeal(made)

    assert Waiting.objects.filter(action="appeal.kept-waiting").count() == 1
    read = audit.entries_for(made.id, made.report_id)
    assert not any(entry.action.startswith("appeal.") for entry in read)


def test_a_stranger_cannot_appeal_for_somebody_else(programme: Programme) -> None:
    made, other = make_decided(programme), make_decided(programme)

    with pytest.raises(NotAllowed):
        services.appeal_as_reporter(made.report_id, plea(), ring=other.ring, key=other.code.reporter)
    with pytest.raises(NotAllowed):
        services.appeal_as_partner(
            made.report_id, plea(), ring=programme.desk("tomas").ring, organisation=programme.desk("tomas").organisation
        )


@pytest.mark.parametrize("urgency", [Urgency.DANGER, Urgency.LOCKED_OUT, Urgency.SOON_TOO_LATE])
def test_danger_a_locked_account_and_what_is_soon_too_late_go_first_with_a_clock_of_their_own(
    programme: Programme, time: Clock, urgency: Urgency
) -> None:
    usual = appeal(make_decided(programme))
    urgent = appeal(make_decided(programme), plea(urgency=urgency))

    assert (urgent.lane, usual.lane) == (Lane.EXPEDITED, Lane.USUAL)
    assert urgent.due_at - time.now <= timedelta(hours=24)
    assert usual.due_at - time.now <= timedelta(hours=72)
    rows = queries.queue_for(programme.desk("idris"))
    assert [row.id for row in rows] == [urgent.appeal_id, usual.appeal_id]


def test_an_appeal_says_something(programme: Programme) -> None:
    made = make_decided(programme)

    with pytest.raises(Refused) as refusal:
        appeal(made, plea("  "))

    assert refusal.value.code == "appeal.empty"


def test_messages_can_follow_and_the_same_message_twice_is_one(programme: Programme) -> None:
    made = make_decided(programme)
    receipt, key = appeal(made), uuid4()

    for _ in range(2):
        services.write_as_appellant(receipt.appeal_id, "And there is a fourth post.", ring=made.ring, key=key)

    seen = queries.review_for(receipt.appeal_id, programme.desk("idris")).letters
    assert [letter.text for letter in seen] == ["And there is a fourth post."]


def test_pictures_of_an_appeal_wait_for_a_reviewer_once_very_many_came_and_words_never_do(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING_BYTES", 3000)
    made, idris = make_decided(programme), programme.desk("idris")
    receipt = appeal(made)

    def add(text: str, *sizes: int) -> None:
        files = [picture(b"x" * size) for size in sizes]
        services.write_as_appellant(receipt.appeal_id, text, ring=made.ring, key=uuid4(), files=files)

    add("", 1000, 2000)
    with pytest.raises(Refused, match="words can go now"):
        add("", 1)
    add("Only words.")
    services.take_appeal(receipt.appeal_id, idris)
    services.write_as_reviewer(receipt.appeal_id, "I have seen them.", idris, key=uuid4())
    add("", 3000)
