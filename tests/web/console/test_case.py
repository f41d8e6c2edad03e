"""The case page and its veils: nothing hard is shown unasked, and every asking is written down."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.domains.cases.services import by_law, conversation
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.programme import Programme
from tests.web.console.conftest import at


def lift(client: Client, made: MadeCase, item: UUID, showing: str = "words") -> str:
    return client.post(at("veil", made.id), {"item": str(item), "showing": showing}).content.decode()


def test_who_writes_sees_which_language_the_reporter_reads_where_it_is_not_the_page_s(
    programme: Programme, ines: Client
) -> None:
    pages = [
        ines.get(at("case", make_case(programme, stage=Stage.TRIAGE, language=language).id)).content.decode()
        for language in ("ar", "en")
    ]

    assert ["it may not be understood" in page for page in pages] == [True, False]
    assert "They read Arabic." in pages[0]


def test_the_case_page_opens_with_every_veil_closed(ines: Client, new: MadeCase) -> None:
    page = ines.get(at("case", new.id)).content.decode()

    assert new.receipt.number in page
    assert "Show the words" in page
    assert new.answers.text not in page
    assert new.answers.links[0] not in page


def test_lifting_the_veil_shows_the_words_on_that_page_only(ines: Client, new: MadeCase) -> None:
    lifted = lift(ines, new, new.report_id)
    again = ines.get(at("case", new.id)).content.decode()

    assert new.answers.text in lifted
    assert new.answers.links[0] in lifted
    assert f'href="{new.answers.links[0]}"' not in lifted
    assert new.answers.text not in again


def test_every_lifting_is_written_in_the_timeline(ines: Client, new: MadeCase, opened: Callable[..., CaseView]) -> None:
    lift(ines, new, new.report_id)
    lift(ines, new, new.report_id)

    said = [entry.by for entry in opened(new).timeline if entry.action == "veil.lifted"]

    assert said == ["Ines", "Ines"]


def test_a_letter_of_the_reporter_is_veiled_on_its_own(ines: Client, taken: MadeCase) -> None:
    words = "He stands in front of the house."
    letter = conversation.say(taken.report_id, words, ring=taken.ring, by=taken.reporter, key=new_id())

    closed, open_ = ines.get(at("case", taken.id)).content.decode(), lift(ines, taken, letter)

    assert words not in closed
    assert words in open_
    assert taken.answers.text not in open_


def test_what_a_stranger_wrote_is_never_markup(ines: Client, programme: Programme) -> None:
    made = make_case(programme, text="<script>alert(1)</script>", links=('"><img src=x>',))

    page = lift(ines, made, made.report_id)

    assert "<script>alert" not in page
    assert "<img src=x>" not in page


@pytest.mark.parametrize("item", ["", "not an id", "9d7b8f3e-9a0f-4b7e-8a5c-111111111111"])
def test_what_is_not_in_the_case_cannot_be_lifted(ines: Client, new: MadeCase, item: str) -> None:
    answer = ines.post(at("veil", new.id), {"item": item, "showing": "words"})

    assert answer.status_code == 404


def test_a_veil_is_never_lifted_by_a_link(ines: Client, new: MadeCase) -> None:
    assert ines.get(at("veil", new.id)).status_code == 405


def test_missing_and_forbidden_are_one_answer(ines: Client, idris: Client, taken: MadeCase) -> None:
    forbidden = idris.get(at("case", taken.id))
    missing = idris.get(at("case", new_id()))

    assert ines.get(at("case", taken.id)).status_code == 200
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert without_token(forbidden) == without_token(missing)


def without_token(answer: HttpResponse) -> str:
    """Leave out the form token, which no two pages share."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_wrong_person_can_do_nothing_with_a_case(idris: Client, taken: MadeCase) -> None:
    posts = ("take", "hand-over", "step-back", "assess", "link", "note", "summarise", "mitigated", "answer", "veil")
    posts += ("decide", "close", "restrict")

    answers = {
        name: idris.post(at(name, taken.id), {"item": str(taken.report_id), "showing": "words"}) for name in posts
    }

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(posts, 404)


def test_the_page_says_who_can_open_it_and_whose_report_it_is(ines: Client, programme: Programme) -> None:
    made = make_case(programme, origin=partner_origin(programme, "HH-2206"))

    page = ines.get(at("case", made.id)).content.decode()

    assert "From Harbour Helpline." in page
    assert "HH-2206" in page
    assert "Leads" in page


def test_the_ladder_says_who_was_called_at_once(ines: Client, programme: Programme) -> None:
    untaken = make_case(programme, danger=Danger.NOW)

    page = ines.get(at("case", untaken.id)).content.decode()

    assert "Everyone who can open it was called at once." in page


def test_of_a_restricted_case_no_file_can_be_asked_for(ines: Client, programme: Programme, taken: MadeCase) -> None:
    by_law.restrict(taken.id, programme.desk("ines"), reason="One picture.")

    page = ines.get(at("case", taken.id)).content.decode()

    assert "Pictures and files of this case are closed" in page
    assert "Download the original" not in page


def test_every_word_of_the_record_that_a_case_can_have_has_a_sentence(ines: Client, programme: Programme) -> None:
    from safeconduct.domains.cases.rules import Stage  # noqa: PLC0415

    made = make_case(programme, stage=Stage.CLOSED)

    told = ines.get(at("case", made.id)).context["timeline"]

    assert told
    assert [line.sentence for line in told if not line.sentence.endswith(".")] == []


def test_a_question_left_open_reads_differently_from_one_answered_with_doubt(
    ines: Client, programme: Programme
) -> None:
    doubting = make_case(programme, danger=Danger.UNSURE, who_else_sees=WhoElse.UNKNOWN)
    silent = make_case(programme, danger=Danger.UNSAID, who_else_sees=WhoElse.UNSAID)

    said = ines.get(at("case", doubting.id)).content.decode()
    unsaid = ines.get(at("case", silent.id)).content.decode()

    assert "They are not sure" in said
    assert "the question was left open" not in said
    assert "They are not sure" not in unsaid
    assert unsaid.count("Not said: the question was left open") == 2
