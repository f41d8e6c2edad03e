"""The general queue's page: asked in the reporter's language, shown letter by letter, given as a file, and told."""

import json
from collections.abc import Callable

from django.test import Client

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Outcome
from safeconduct.domains.cases.services import general
from safeconduct.domains.cases.views import CaseView
from tests.domains.cases.making import MadeCase
from tests.web.console.conftest import at
from tests.web.console.test_decision import decision


def ask(client: Client, made: MadeCase, *parts: str) -> None:
    name = made.report_id.hex[:12]
    said = {"go": f"ask-{name}", f"{name}-parts": [*parts], f"{name}-question": "هل نحيل هذا؟"}
    client.post(at("general-queue", made.id), said)


def agree(made: MadeCase) -> None:
    consent = queries.conversation_for(made.report_id, made.ring).consent
    mark = consent.mark if consent else ""
    general.answer(made.report_id, agreed=True, mark=mark, ring=made.ring, by=made.reporter)


def decide(client: Client, made: MadeCase) -> None:
    client.post(at("decide", made.id), decision(made, reason="for-the-general-queue", words_for_acted_on=""))


def test_a_reporter_is_asked_in_their_own_language(ines: Client, taken: MadeCase) -> None:
    page = ines.get(at("general-queue", taken.id))

    form = page.context["asking"][0].form
    assert any("\u0600" <= sign <= "\u06ff" for sign in form["question"].value())
    assert "Not asked yet. Nothing can be handed over." in page.content.decode()


def test_what_was_asked_stands_in_the_conversation(ines: Client, taken: MadeCase) -> None:
    ask(ines, taken, "text", "links")

    consent = queries.conversation_for(taken.report_id, taken.ring).consent
    assert consent is not None
    assert (consent.question, consent.asked_by, consent.parts) == ("هل نحيل هذا؟", "Ines", ("text", "links"))


def test_what_would_go_is_shown_letter_by_letter_before_and_the_file_is_the_same(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    ask(ines, taken, "text")
    agree(taken)
    decide(ines, taken)

    unasked = ines.get(at("general-queue", taken.id)).content.decode()
    page = ines.post(at("general-queue", taken.id), {"go": "show"}).context
    shown = page["shown"]
    looked = audit.entries_for(taken.id)[-1].action
    file = ines.post(at("packet", taken.id), {"shown": page["fingerprint"]})

    assert taken.answers.text not in unasked
    assert looked == "veil.lifted"
    assert file.content.decode() == shown
    assert json.loads(shown)["reports"] == [{"language": "ar", "text": taken.answers.text}]
    assert file["Content-Disposition"] == 'attachment; filename="packet.json"'
    assert opened(taken).outcome is Outcome.NOT_ABOUT_A_DEFENDER
    assert "Handed over" in ines.get(at("case", taken.id)).content.decode()


def test_without_a_yes_there_is_no_file_and_the_page_says_how_to_ask(ines: Client, taken: MadeCase) -> None:
    ask(ines, taken, "text")
    decide(ines, taken)

    page = ines.post(at("general-queue", taken.id), {"go": "show"}).content.decode()

    assert "Nobody has agreed, so there is nothing to hand over." in page
    assert taken.answers.text not in page
    assert ines.post(at("packet", taken.id)).status_code == 409


def test_a_colleague_who_cannot_open_the_case_finds_no_page(idris: Client, taken: MadeCase) -> None:
    assert idris.get(at("general-queue", taken.id)).status_code == 404
    assert idris.post(at("packet", taken.id)).status_code == 404
