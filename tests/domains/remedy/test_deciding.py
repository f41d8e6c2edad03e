"""What an appeal can end in, and that it is carried out and read back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Linkage, Outcome, Stage
from safeconduct.domains.cases.services import decisions, evidence, protection, work
from safeconduct.domains.cases.values import Contribution
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Asks, Conclusion
from safeconduct.domains.remedy.values import Ruling
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Keyring, outbox, streams
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.remedy.making import (
    CHANGED,
    UPHELD,
    appeal,
    appeal_with,
    decided_appeal,
    make_decided,
    statement,
    taken,
)
from tests.juniper import Juniper, juniper_square
from tests.programme import Programme
from tests.standing import Clock

AMINA = AccountRef("juniper-square", "amina")


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path / "juniper") as square, registry.registered(square.connector):
        outbox.retire()
        outbox.keep_fresh()
        yield square
        outbox.retire()


def test_a_reviewer_reads_the_whole_case_once_they_took_its_appeal_and_no_other(
    programme: Programme,
) -> None:
    made, other = make_decided(programme), make_decided(programme)
    receipt = appeal(made)

    before = queries.review_for(receipt.appeal_id, programme.desk("idris"))
    seen = taken(receipt, programme.desk("idris"))

    assert before.case is None
    assert seen.case is not None
    assert seen.case.whole
    assert [view.answers.text for view in seen.case.conversations] == [made.answers.text]
    assert seen.case.decision is not None
    assert seen.case.decision.evidence == ("the three posts",)
    with pytest.raises(NotAllowed):
        cases.case_for(other.id, programme.desk("idris"))


def test_where_nothing_was_kept_the_appellant_hands_over_their_conversation(programme: Programme) -> None:
    made = make_decided(programme, kept=False)
    receipt = appeal(made)

    seen = taken(receipt, programme.desk("idris"))

    assert seen.case is not None
    assert (seen.case.whole, len(seen.case.conversations)) == (False, 1)


def test_upheld_with_reasons(programme: Programme) -> None:
    made = make_decided(programme)

    receipt = decided_appeal(programme, made, UPHELD)

    outcome = queries.appeal_for(receipt.appeal_id, made.ring).outcome
    assert outcome is not None
    assert (outcome.conclusion, outcome.words, outcome.by_name) == (Conclusion.UPHELD, UPHELD.words, "Idris")
    assert queries.recourse_for(made.report_id, made.ring).asks is Asks.DECIDED


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.CLOSED])
def test_changed_the_reporter_reads_the_new_decision_in_their_case(programme: Programme, stage: Stage) -> None:
    made = make_case(programme, stage=stage)

    decided_appeal(programme, made, CHANGED)

    view = cases.conversation_for(made.report_id, made.ring)
    assert view.decision is not None
    assert (view.outcome, view.decision.words, view.stage) == (Outcome.PROTECTED, "The posts are gone.", stage)
    assert view.decision.decided_by_name == "Idris"


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.CLOSED])
def test_returned_somebody_else_takes_it_and_its_second_promise_begins_anew(
    programme: Programme, time: Clock, stage: Stage
) -> None:
    made = make_decided(programme)
    if stage is Stage.CLOSED:
        decisions.close_case(made.id, Contribution(Linkage.NONE), feedback_asked=False, desk=programme.desk("ines"))
    time.move(timedelta(days=20))

    decided_appeal(programme, made, Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account."))

    view = cases.conversation_for(made.report_id, made.ring)
    assert (view.stage, view.outcome, view.received_at) == (Stage.NEW, None, made.receipt.received_at)
    assert view.settle_due > time.now
    work.take_case(made.id, programme.desk("leyla"))


def test_a_case_that_opens_in_part_is_not_returned(programme: Programme) -> None:
    made = make_decided(programme, kept=False)

    with pytest.raises(Refused) as refusal:
        decided_appeal(programme, made, Ruling(Conclusion.RETURNED, "Look again."))

    assert refusal.value.code == "appeal.cannot-return"


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        (Ruling(Conclusion.UPHELD, "  "), "appeal.without-words"),
        (Ruling(Conclusion.CHANGED, "Otherwise."), "appeal.without-decision"),
    ],
)
def test_no_decision_without_reasons(programme: Programme, ruling: Ruling, code: str) -> None:
    made = make_decided(programme)

    with pytest.raises(Refused) as refusal:
        decided_appeal(programme, made, ruling)

    assert refusal.value.code == code


def test_an_appeal_is_decided_once_and_by_whoever_took_it(programme: Programme) -> None:
    made = make_decided(programme)
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))

    with pytest.raises(Refused):
        services.decide_appeal(receipt.appeal_id, UPHELD, programme.desk("leyla"))
    services.decide_appeal(receipt.appeal_id, UPHELD, programme.desk("idris"))
    with pytest.raises(Refused):
        services.decide_appeal(receipt.appeal_id, UPHELD, programme.desk("idris"))


def test_whoever_decided_still_reads_what_they_decided(programme: Programme) -> None:
    made = make_decided(programme)

    receipt = decided_appeal(programme, made, CHANGED)

    assert queries.review_for(receipt.appeal_id, programme.desk("idris")).outcome is not None


def secure(programme: Programme, made: MadeCase, by: str) -> None:
    """Lock Amina's account, as whoever has taken the case."""
    desk = programme.desk(by)
    protection.order(
        made.id,
        account=AMINA,
        bundle=Bundle.SECURE_NOW,
        proofs={Proof.RESPONDER_CHECK},
        who_else_sees=WhoElse.UNKNOWN,
        reason="She read me the last three sign-ins.",
        cost_shown=protection.cost(made.id, AMINA, Bundle.SECURE_NOW, desk).shown,
        desk=desk,
        key=new_id(),
    )
    safety.carry_out()


@pytest.mark.loopback
def test_a_change_is_carried_out_on_the_platform_and_said_to_be_done_only_once_it_was_read_back(
    programme: Programme, juniper: Juniper
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    secure(programme, made, "ines")
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    receipt, idris = appeal(made), programme.desk("idris")
    services.take_appeal(receipt.appeal_id, idris)
    case = queries.review_for(receipt.appeal_id, idris).case
    assert case is not None
    ruling = replace(CHANGED, undo=(case.conversations[0].acts[0].id,))

    services.decide_appeal(receipt.appeal_id, ruling, idris)

    with pytest.raises(Refused) as too_early:
        services.confirm_carried_out(receipt.appeal_id, idris)
    assert too_early.value.code == "appeal.not-read-back"
    safety.carry_out()
    services.confirm_carried_out(receipt.appeal_id, programme.desk("idris"))
    outcome = queries.appeal_for(receipt.appeal_id, made.ring).outcome
    assert outcome is not None
    assert outcome.read_back_at is not None
    assert not juniper.connector.account("amina").locked


@pytest.mark.loopback
def test_whoever_ordered_an_act_decides_no_appeal_about_it(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, by="leyla")
    secure(programme, made, "leyla")
    work.hand_over(made.id, programme.member_id("ines"), programme.desk("leyla"), note="Yours.")
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    receipt = appeal(made)

    assert queries.queue_for(programme.desk("leyla")) == []
    assert [row.id for row in queries.queue_for(programme.desk("idris"))] == [receipt.appeal_id]


def test_the_person_acted_on_is_told_what_came_of_it_and_nothing_of_the_case(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    receipt = appeal_with(statement(programme, made))
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))
    words = "The rule does not cover this. It is shown again."

    services.decide_appeal(receipt.appeal_id, replace(CHANGED, words=words), programme.desk("idris"))

    assert receipt.code is not None
    key = receipt.code.reporter
    ring = Keyring(programme.desk("tomas").actor, {key.recipient_id: key.key})
    told = queries.appeal_for(receipt.appeal_id, ring)
    assert told.outcome is not None
    assert (told.outcome.words, told.case, told.number) == (words, None, "")


@pytest.mark.parametrize(
    "words",
    ["Somebody reported your post.", "It concerns amina.", "They published where I live, and you know it."],
)
def test_no_word_to_the_person_acted_on_shows_the_report(programme: Programme, words: str) -> None:
    made = make_decided(programme, decision=DECISION)
    receipt, idris = appeal_with(statement(programme, made)), programme.desk("idris")
    services.take_appeal(receipt.appeal_id, idris)

    with pytest.raises(Refused) as in_a_message:
        services.write_as_reviewer(receipt.appeal_id, words, idris, key=new_id())
    with pytest.raises(Refused) as in_the_decision:
        services.decide_appeal(receipt.appeal_id, replace(UPHELD, words=words), idris)

    assert in_a_message.value.code == in_the_decision.value.code
    assert in_a_message.value.code.startswith("statement.")


def test_each_side_reads_words_of_its_own(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    receipt, idris = appeal_with(statement(programme, made)), programme.desk("idris")
    services.take_appeal(receipt.appeal_id, idris)

    with pytest.raises(Refused) as refusal:
        services.decide_appeal(receipt.appeal_id, replace(CHANGED, words_for_reporter=""), idris)

    assert refusal.value.code == "appeal.without-words-for-reporter"


def test_a_reviewer_opens_the_evidence_that_staff_kept(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.ACTING)
    kept = evidence.add_text(made.id, "The post was gone at 10:02.", note="What I saw.", desk=programme.desk("ines"))
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    receipt = appeal(made)

    seen = taken(receipt, programme.desk("idris")).case
    assert seen is not None
    (piece,) = seen.evidence
    sealed = queries.file_under_review(receipt.appeal_id, piece.id, programme.desk("idris"))

    assert kept is not None
    assert b"gone at 10:02" in streams.SealedReader(sealed).everything()
