"""Everyday work: taking, handing over, stepping back, assessing, linking, noting, answering."""

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from safeconduct.connectors import paging
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Page
from safeconduct.domains.cases.rules import Danger, Severity, Stage
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import KeptPages, MadeCase, escalate_due, make_case
from tests.programme import Programme
from tests.web.console.conftest import at


def test_taking_a_case_closes_it_to_the_other_team(ines: Client, idris: Client, new: MadeCase) -> None:
    before = idris.get(at("case", new.id)).status_code
    ines.post(at("take", new.id))

    assert (before, idris.get(at("case", new.id)).status_code) == (200, 404)


def test_a_case_is_never_taken_by_a_link(ines: Client, new: MadeCase) -> None:
    assert ines.get(at("take", new.id)).status_code == 405


def test_handing_over_gives_the_case_to_the_colleague_chosen(
    ines: Client, idris: Client, programme: Programme, taken: MadeCase
) -> None:
    chosen = {"to": str(programme.member_id("idris")), "note": "She answers after sunset."}

    answer = ines.post(at("hand-over", taken.id), chosen)

    assert answer["Location"] == at("queue")
    assert "She answers after sunset." in idris.get(at("case", taken.id)).content.decode()
    assert ines.get(at("case", taken.id)).status_code == 404


def test_only_colleagues_who_may_have_it_are_offered(ines: Client, taken: MadeCase) -> None:
    page = ines.get(at("hand-over", taken.id)).content.decode()

    assert "Idris" in page
    assert "Leyla" in page
    assert "Chiara" not in page
    assert "Tomas" not in page


def test_a_hand_over_without_a_word_keeps_what_was_chosen(ines: Client, programme: Programme, taken: MadeCase) -> None:
    answer = ines.post(at("hand-over", taken.id), {"to": str(programme.member_id("idris")), "note": ""})

    page = answer.content.decode()
    assert "Not done yet. Everything you wrote is still here." in page
    assert page.count("checked") == 1


def test_stepping_back_takes_the_keys_away(ines: Client, taken: MadeCase) -> None:
    answer = ines.post(at("step-back", taken.id), {"reason": "I know her brother."})

    assert answer["Location"] == at("queue")
    assert ines.get(at("case", taken.id)).status_code == 404


def test_four_answers_set_the_severity(ines: Client, taken: MadeCase, opened: Callable[..., CaseView]) -> None:
    answers = {"scale": "3", "scope": "0", "irremediability": "3", "likelihood": "3", "reason": ""}

    ines.post(at("assess", taken.id), answers)

    assert opened(taken).severity is Severity.P0


def test_lowering_without_a_reason_is_refused_on_the_form_itself(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    answers = {"scale": "0", "scope": "0", "irremediability": "0", "likelihood": "0", "reason": ""}

    page = ines.post(at("assess", taken.id), answers).content.decode()

    assert "Write why this case is less urgent than it was." in page
    assert page.count("checked") == 4
    assert opened(taken).severity is Severity.P1


def test_a_duplicate_goes_into_the_other_case(
    ines: Client, taken: MadeCase, new: MadeCase, opened: Callable[..., CaseView]
) -> None:
    answer = ines.post(at("link", new.id), {"number": taken.receipt.number.lower()})

    assert answer["Location"] == at("case", taken.id)
    assert len(opened(taken).reports) == 2


def test_linking_into_a_case_one_cannot_open_is_answered_like_one_that_is_not_there(
    idris: Client, taken: MadeCase, new: MadeCase
) -> None:
    closed_to_idris = idris.post(at("link", new.id), {"number": taken.receipt.number})
    missing = idris.post(at("link", new.id), {"number": "AAA-000"})

    assert closed_to_idris.status_code == missing.status_code
    assert taken.receipt.number not in missing.content.decode()
    said = "You can open no case of this number."
    assert said in closed_to_idris.content.decode()
    assert said in missing.content.decode()


def test_a_note_goes_into_the_work_file(ines: Client, taken: MadeCase) -> None:
    ines.post(at("note", taken.id), {"text": "The night desk answers until 22:00."})

    assert "The night desk answers until 22:00." in ines.get(at("case", taken.id)).content.decode()


def test_an_empty_note_is_asked_for_again(ines: Client, taken: MadeCase) -> None:
    assert "Write the note first." in ines.post(at("note", taken.id), {"text": " "}).content.decode()


def test_one_line_names_the_case_in_the_queue(ines: Client, taken: MadeCase) -> None:
    ines.post(at("summarise", taken.id), {"text": "address posted, removal asked"})

    assert "address posted, removal asked" in ines.get(at("queue")).content.decode()


def test_the_line_for_the_queue_is_empty_where_only_the_rule_has_spoken(ines: Client, taken: MadeCase) -> None:
    assert ines.get(at("summarise", taken.id)).context["form"].initial["text"] == ""

    ines.post(at("summarise", taken.id), {"text": "address posted, removal asked"})
    assert ines.get(at("summarise", taken.id)).context["form"].initial["text"] == "address posted, removal asked"


def test_saying_that_the_harm_stopped_keeps_the_second_promise(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    ines.post(at("mitigated", taken.id), {"how": "The posts are hidden."})

    assert all(clock.kept_at is not None for clock in opened(taken).clocks if clock.kind.value == "settle")


def test_an_answer_reaches_the_conversation_once_however_often_it_is_sent(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    letter = {"report": str(taken.report_id), "key": str(new_id()), "text": "We have read it. Are you safe now?"}

    ines.post(at("answer", taken.id), letter)
    ines.post(at("answer", taken.id), letter)

    assert [message.text for message in opened(taken).reports[0].messages] == [letter["text"]]


def test_an_answer_that_cannot_be_sent_is_not_lost(ines: Client, new: MadeCase) -> None:
    letter = {"report": str(new.report_id), "key": str(new_id()), "text": "We have read it. Are you safe now?"}

    page = ines.post(at("answer", new.id), letter).content.decode()

    assert "Take it first" in page
    assert letter["text"] in page


def test_nobody_writes_into_another_cases_conversation(ines: Client, taken: MadeCase, programme: Programme) -> None:
    other = make_case(programme, stage=Stage.TRIAGE)

    letter = {"report": str(other.report_id), "key": str(new_id()), "text": "To the wrong person."}

    assert ines.post(at("answer", taken.id), letter).status_code == 404


def test_a_call_is_acknowledged_by_the_one_it_woke(ines: Client, programme: Programme) -> None:
    make_case(programme, danger=Danger.NOW)
    with paging.registered(KeptPages()):
        escalate_due()
    (call,) = ines.get(at("queue")).context["calls"]

    ines.post(at("acknowledge", call.id))

    assert ines.get(at("queue")).context["calls"] == []


def test_whoever_has_seen_a_call_stands_before_what_they_were_woken_for(ines: Client, programme: Programme) -> None:
    made = make_case(programme, danger=Danger.NOW)
    with paging.registered(KeptPages()):
        escalate_due()
    (call,) = ines.get(at("queue")).context["calls"]

    assert ines.post(at("acknowledge", call.id))["Location"] == at("case", made.id)


def test_a_call_that_is_still_on_its_way_says_so(ines: Client, programme: Programme) -> None:
    made = make_case(programme, danger=Danger.NOW)
    escalate_due()
    Page.objects.update(sent_at=None)

    assert "on its way:" in ines.get(at("queue")).content.decode()
    assert "On its way." in ines.get(at("case", made.id)).content.decode()


def test_nobody_acknowledges_a_call_that_never_came(ines: Client) -> None:
    assert ines.post(at("acknowledge", new_id())).status_code == 404


def test_a_picture_goes_with_a_message_sealed_while_it_arrives(ines: Client, taken: MadeCase) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "PNG")
    picture = SimpleUploadedFile("the page.png", drawn.getvalue(), "image/png")
    letter = {"report": taken.report_id, "key": new_id(), "text": "Look for this.", "files": picture, "end": "1"}

    ines.post(at("answer", taken.id), letter)

    (file,) = queries.conversation_for(taken.report_id, taken.ring).messages[-1].files
    assert (file.name, file.kind) == ("the page.png", "image/png")


def test_a_message_whose_picture_was_cut_off_is_not_sent_and_not_lost(ines: Client, taken: MadeCase) -> None:
    picture = SimpleUploadedFile("part.jpg", b"\xff\xd8\xff" + bytes(100), "image/jpeg")

    page = ines.post(
        at("answer", taken.id), {"report": taken.report_id, "key": new_id(), "text": "Look.", "files": picture}
    ).content.decode()

    assert "The line broke on the way." in page
    assert "Look.</textarea>" in page
    assert queries.conversation_for(taken.report_id, taken.ring).messages == ()
