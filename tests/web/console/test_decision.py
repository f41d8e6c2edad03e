"""Deciding and closing: reasons, evidence, words for each side; what was typed is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Outcome, Stage
from safeconduct.domains.cases.services import conversation, work
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety import services as safety
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.decision import evidence_of
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at, sealed_picture
from tests.web.console.test_acts import order


def decision(made: MadeCase, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "reason": "content-removed",
        "looked_at": [str(made.report_id)],
        "also_looked_at": "the three posts\nthe profile",
        "words_for_reporter": "The three posts are gone.",
        "words_for_acted_on": "Your post broke the rule on private details.",
    }
    return said | changes


def test_a_decision_is_kept_with_its_evidence_and_its_words(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    ines.post(at("decide", taken.id), decision(taken))

    decided = opened(taken).decision
    assert decided is not None
    assert decided.outcome is Outcome.PROTECTED
    assert decided.evidence == ("Report 1", "the three posts", "the profile")


def test_the_reporter_reads_their_words_and_not_those_for_the_other_side(ines: Client, taken: MadeCase) -> None:
    ines.post(at("decide", taken.id), decision(taken))

    read = queries.conversation_for(taken.report_id, taken.ring).decision
    assert read is not None
    assert read.words == "The three posts are gone."
    assert read.words_for_acted_on == ""


def test_words_that_would_show_whom_we_protect_are_refused_and_kept(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    telling = "The defender reported you."

    page = ines.post(at("decide", taken.id), decision(taken, words_for_acted_on=telling)).content.decode()

    assert "whom we protect" in page
    assert telling in page
    assert opened(taken).decision is None


def test_a_decision_without_evidence_is_refused(ines: Client, taken: MadeCase) -> None:
    nothing = decision(taken, looked_at=[], also_looked_at="")

    page = ines.post(at("decide", taken.id), nothing).content.decode()

    assert "Name the evidence you looked at." in page
    assert "The three posts are gone." in page


def test_what_is_not_about_a_defender_is_not_decided_before_its_reporter_was_asked(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    general = decision(taken, reason="for-the-general-queue", words_for_acted_on="")

    page = ines.post(at("decide", taken.id), general).content.decode()

    assert "Ask the reporter first" in page
    assert "The three posts are gone." in page
    assert opened(taken).decision is None


def test_a_case_nobody_has_taken_is_not_decided(ines: Client, new: MadeCase) -> None:
    page = ines.post(at("decide", new.id), decision(new)).content.decode()

    assert "Take it first" in page


def test_closing_asks_what_we_contributed(ines: Client, programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    page = ines.post(at("close", made.id), {"words": ""}).content.decode()

    assert "Choose one. If you cannot tell, choose that." in page


def test_a_closed_case_stays_readable_and_nothing_more(
    ines: Client, programme: Programme, opened: Callable[..., CaseView]
) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    answer = ines.post(at("close", made.id), {"linkage": "none", "words": "", "feedback_asked": "on"})

    assert answer["Location"] == at("case", made.id)
    assert opened(made).stage is Stage.CLOSED
    page = ines.get(at("case", made.id)).content.decode()
    assert made.receipt.number in page
    assert "Hand over" not in page


def test_child_abuse_material_has_its_own_handling(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    ines.post(at("restrict", taken.id), {"reason": "One picture."})

    assert opened(taken).restricted


def test_marking_it_takes_a_sentence(ines: Client, taken: MadeCase, opened: Callable[..., CaseView]) -> None:
    page = ines.post(at("restrict", taken.id), {"reason": ""}).content.decode()

    assert "Write one sentence." in page
    assert not opened(taken).restricted


def test_child_abuse_material_has_its_own_outcome_and_nobody_need_look_again(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    before = ines.get(at("decide", taken.id)).content.decode()
    ines.post(at("restrict", taken.id), {"reason": "One picture."})

    ines.post(at("decide", taken.id), decision(taken, reason="child-abuse-material", words_for_acted_on=""))

    assert "child-abuse-material" not in before
    assert opened(taken).outcome is Outcome.CHILD_ABUSE


def test_only_a_lead_is_offered_to_hand_it_on(
    ines: Client, browser: Callable[[str], Client], taken: MadeCase, settings: LazySettings
) -> None:
    settings.CHILD_PROTECTION = "Child Protection Desk"
    assert ines.get(at("by-law", taken.id)).status_code == 404
    ines.post(at("restrict", taken.id), {"reason": "One picture."})

    mine = ines.get(at("by-law", taken.id)).content.decode()
    leads = browser("leyla").get(at("by-law", taken.id)).content.decode()

    assert "Only a lead hands it on." in mine
    assert "They were told" not in mine
    assert "Child Protection Desk" in leads
    assert "They were told" in leads


@pytest.mark.usefixtures("platform")
def test_a_decision_records_exactly_the_evidence_that_was_ticked(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    """What an act kept by itself and the act are two things, though one order made both."""
    order(ines, taken)
    safety.carry_out()
    offered = ines.get(at("decide", taken.id)).context["form"].fields["looked_at"].choices
    values = {said.split(",")[0]: value for value, said in offered}

    ticked = [values["What the platform showed before an act"]]
    ines.post(at("decide", taken.id), decision(taken, looked_at=ticked, also_looked_at=""))

    assert len({value for value, _ in offered}) == len(offered)
    decided = opened(taken).decision
    assert decided is not None
    assert [said.split(",")[0] for said in decided.evidence] == ["What the platform showed before an act"]


def test_two_files_of_one_name_are_told_apart_by_who_sent_them(
    programme: Programme, opened: Callable[..., CaseView]
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    desk = programme.desk("ines")
    conversation.say(
        made.report_id, "This.", files=(sealed_picture(),), ring=made.ring, by=made.ring.actor, key=new_id()
    )
    work.answer(made.id, made.report_id, "Is it this?", desk, files=(sealed_picture(),), key=new_id())

    offered = [said for _, said in evidence_of(opened(made))]

    assert any(said.startswith("the door.jpg, The reporter, ") for said in offered)
    assert any(said.startswith("the door.jpg, Ines, ") for said in offered)
