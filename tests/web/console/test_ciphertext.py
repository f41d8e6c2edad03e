"""An encrypted message: called ciphertext only, a copy asked for in her language, and what she sends beside it."""

from collections.abc import Callable

import pytest
from django.test import Client

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import EvidenceKind, Stage
from safeconduct.domains.cases.services import conversation
from safeconduct.domains.cases.views import CaseView, EvidenceView
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at

pytestmark = pytest.mark.usefixtures("platform")

LINK = "https://matrix.to/#/!room:harbour.example/$event"


@pytest.fixture
def named(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS,), links=(LINK,))


def copy(client: Client, made: MadeCase, item: str = LINK) -> str:
    said = {"message-platform": "juniper-square", "message-item": item, "message-note": "The threat.", "go": "message"}
    return client.post(at("keep-evidence", made.id), said, follow=True).content.decode()


def only_message(case: CaseView) -> EvidenceView:
    return next(each for each in case.evidence if each.what is EvidenceKind.MESSAGE)


def test_a_copied_ciphertext_is_called_ciphertext_only(ines: Client, named: MadeCase) -> None:
    page = copy(ines, named)

    assert "Ciphertext only." in page
    assert "Nobody here can read what." in page
    assert "Ask the reporter for a copy" in page


def test_only_a_message_that_was_named_to_us_is_copied(
    ines: Client, named: MadeCase, opened: Callable[..., CaseView]
) -> None:
    page = copy(ines, named, "$another-event")

    assert "Only a message whose link or id was written to us here can be copied." in page
    assert [each.what for each in opened(named).evidence] == []


def test_the_reporter_is_asked_in_her_language_in_words_that_can_be_changed(ines: Client, named: MadeCase) -> None:
    page = ines.get(at("ask-copy", named.id))
    asked = page.context["asking"][0]
    said = {"key": str(asked["key"]), "report": str(asked["report"].id), "text": asked["words"]}

    ines.post(at("answer", named.id), said)

    assert 'lang="ar"' in page.content.decode()
    letter = queries.conversation_for(named.report_id, named.ring).messages[-1]
    assert letter.text == asked["words"]
    assert any("؀" <= sign <= "ۿ" for sign in letter.text)


def test_what_she_sends_is_read_beside_the_ciphertext(
    ines: Client, named: MadeCase, opened: Callable[..., CaseView]
) -> None:
    copy(ines, named)
    sent = conversation.say(named.report_id, "It says: tonight.", ring=named.ring, by=named.reporter, key=new_id())
    piece = only_message(opened(named))

    answer = ines.post(at("put-beside", named.id, piece.id), {"sent": str(sent)}, follow=True)

    assert [each.id for each in only_message(opened(named)).copies] == [sent]
    assert "Beside it: a message of the reporter" in answer.content.decode()


def test_nothing_of_another_case_is_put_beside_it(ines: Client, programme: Programme, named: MadeCase) -> None:
    copy(ines, named)
    other = make_case(programme)
    foreign = conversation.say(other.report_id, "Mine.", ring=other.ring, by=other.reporter, key=new_id())
    piece = only_message(queries.case_for(named.id, programme.desk("ines")))

    page = ines.post(at("put-beside", named.id, piece.id), {"sent": str(foreign)}).content.decode()

    assert "Choose what shows it." in page
    assert only_message(queries.case_for(named.id, programme.desk("ines"))).copies == ()


def test_the_wrong_person_asks_and_copies_nothing(ines: Client, idris: Client, named: MadeCase) -> None:
    copy(ines, named)

    assert idris.get(at("ask-copy", named.id)).status_code == 404
    assert idris.post(at("put-beside", named.id, new_id()), {"sent": "x"}).status_code == 404
    assert ines.get(at("put-beside", named.id, new_id())).status_code == 404
