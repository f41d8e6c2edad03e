"""Appeals in the console: a queue, the appeal with its case, a decision; reasons and remedies from the case page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries import exposure_for
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import conversation
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.rules import Asks, Conclusion
from safeconduct.domains.remedy.values import Ruling
from safeconduct.domains.safety import services as safety
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode
from safeconduct.web.sessions import DESK_COOKIE
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.remedy.making import appeal, appeal_with, joining, make_decided, plea, statement
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at, sealed_picture
from tests.web.console.test_acts import order

WORDS = "They only looked at the first post."
REPORTED = "They published where I live"


@pytest.fixture
def decided(programme: Programme) -> MadeCase:
    return make_decided(programme, decision=DECISION)


@pytest.fixture
def appealed(decided: MadeCase) -> UUID:
    return appeal(decided, plea(WORDS)).appeal_id


def to(name: str, *ids: UUID) -> str:
    return reverse(f"console:{name}", args=ids)


def test_a_reviewer_finds_the_appeal_reads_it_with_its_case_and_takes_it(idris: Client, appealed: UUID) -> None:
    assert at_link(idris, appealed)
    page = idris.get(to("appeal", appealed)).content.decode()
    assert WORDS in page
    assert "What was reported" not in page

    idris.post(to("appeal-take", appealed))

    page = idris.get(to("appeal", appealed)).content.decode()
    assert "Decide the appeal" in page
    assert "What was reported" in page
    assert REPORTED not in page


def lifted(client: Client, appealed: UUID, item: UUID) -> HttpResponse:
    return client.post(to("appeal-veil", appealed), {"item": str(item)})  # type: ignore[return-value] # Django's test client


def looks(case_id: UUID) -> int:
    return sum(entry.action == "veil.lifted" for entry in audit.entries_for(case_id))


def test_each_look_of_a_reviewer_is_counted_and_written_down_before_the_words_are_shown(
    programme: Programme, idris: Client, decided: MadeCase, appealed: UUID
) -> None:
    idris.post(to("appeal-take", appealed))

    page = lifted(idris, appealed, decided.report_id).content.decode()

    assert REPORTED in page
    assert looks(decided.id) == 1
    assert exposure_for(programme.desk("idris")).hour.lifted == 1
    assert REPORTED not in idris.get(to("appeal", appealed)).content.decode()


def test_nothing_that_was_sent_opens_before_the_appeal_is_taken(
    idris: Client, decided: MadeCase, appealed: UUID
) -> None:
    answer = lifted(idris, appealed, decided.report_id)

    assert answer.status_code == 409
    assert REPORTED not in answer.content.decode()
    assert looks(decided.id) == 0


def test_a_reviewer_lifts_no_veil_of_another_case(programme: Programme, idris: Client, appealed: UUID) -> None:
    other = make_decided(programme)
    idris.post(to("appeal-take", appealed))

    assert lifted(idris, appealed, other.report_id).status_code == 404
    assert lifted(idris, appealed, UUID(int=7)).status_code == 404
    assert idris.post(to("appeal-veil", appealed), {"item": "x"}).status_code == 404
    assert looks(other.id) == 0


def at_link(client: Client, appealed: UUID) -> bool:
    return to("appeal", appealed) in client.get(to("appeals")).content.decode()


@pytest.mark.parametrize("page", ["appeal", "appeal-decide"])
def test_whoever_decided_finds_nothing(ines: Client, browser: Callable[[str], Client], page: str) -> None:
    """Ines decided and is no reviewer; the services' own tests try every other way."""
    assert ines.get(to("appeals")).status_code == 404
    assert ines.get(to(page, UUID(int=7))).status_code == 404


def test_a_reviewer_who_decided_sees_an_empty_queue_and_no_page(
    programme: Programme, browser: Callable[[str], Client]
) -> None:
    made = make_decided(programme, by="leyla")
    appealed = appeal(made).appeal_id
    leyla = browser("leyla")

    assert "No appeal waits for you." in leyla.get(to("appeals")).content.decode()
    for name in ("appeal", "appeal-decide"):
        assert leyla.get(to(name, appealed)).status_code == 404
    for name in ("appeal-take", "appeal-step-back", "appeal-write", "appeal-carried-out"):
        assert leyla.post(to(name, appealed), {"text": "Drop it."}).status_code == 404


def test_a_reviewer_from_outside_comes_in_and_finds_appeals_and_no_case(
    programme: Programme, decided: MadeCase
) -> None:
    client = Client()
    client.cookies[DESK_COOKIE] = joining(programme, "noor", "Noor")
    services.rewrap_reviews(programme.desk("idris"))
    appealed = appeal(decided).appeal_id

    page = client.get(to("appeals")).content.decode()

    assert to("appeal", appealed) in page
    assert at("queue") + '"' not in page.replace(to("appeals"), "")
    assert client.get(at("queue")).status_code == 404
    assert client.get(at("case", decided.id)).status_code == 404


def test_an_appeal_is_decided_with_reasons_and_what_was_typed_is_not_lost(idris: Client, appealed: UUID) -> None:
    idris.post(to("appeal-take", appealed))

    without_reason = {"conclusion": "changed", "words": "It was overlooked.", "evidence": "the second post"}
    page = idris.post(to("appeal-decide", appealed), without_reason).content.decode()
    assert "Choose what is decided instead, and why." in page
    assert "It was overlooked." in page

    idris.post(to("appeal-decide", appealed), without_reason | {"reason": "content-removed"})
    assert Appeal.objects.get().conclusion == "changed"
    assert "The decision is changed" in idris.get(to("appeal", appealed)).content.decode()


def test_a_message_that_shows_the_report_is_kept_and_not_sent(
    programme: Programme, idris: Client, decided: MadeCase
) -> None:
    appealed = appeal_with(statement(programme, decided)).appeal_id
    idris.post(to("appeal-take", appealed))

    answer = idris.post(to("appeal-write", appealed), {"text": "Amina reported you."})

    assert answer.status_code == 409
    assert "Amina reported you." in answer.content.decode()
    assert Appeal.objects.get().letters.count() == 0


def test_the_last_reviewer_is_told_why_they_cannot_step_back(programme: Programme, idris: Client) -> None:
    appealed = appeal(make_decided(programme, by="leyla")).appeal_id

    answer = idris.post(to("appeal-step-back", appealed))

    assert answer.status_code == 409
    assert "Name a reviewer from outside" in answer.content.decode()


REASONS = {
    "restriction": "content-removed",
    "what": "your post of 19 November",
    "facts": "The post shows a street and a house number of another person.",
    "ground": "rules",
    "rule": "Rule 4",
    "automated": "none",
    "language": "en",
}


def test_the_platform_gives_the_reasons_and_no_page_of_ours_shows_their_code(
    ines: Client, decided: MadeCase, platform: FakePlatform
) -> None:
    begun = ines.get(to("statement", decided.id)).context["form"].initial
    typed = REASONS | {"platform": "juniper-square", "handle": "stranger", "nonce": begun["nonce"], "key": begun["key"]}

    ordered = ines.post(to("statement", decided.id), typed, follow=True)
    services.carry_statements()
    after = ines.get(to("statement", decided.id)).content.decode()

    code = platform.notices[0].splitlines()[-3:]
    assert CaseCode.parse(code)
    assert (begun["platform"], begun["handle"]) == ("juniper-square", "stranger")
    assert "on its way" in ordered.content.decode()
    assert "What the platform said." in after
    assert not any(line in page for line in code for page in (after, ordered.content.decode()))


def test_reasons_are_written_from_the_case_and_their_code_is_shown_once(
    programme: Programme, ines: Client, decided: MadeCase
) -> None:
    page = ines.get(to("statement", decided.id))
    typed = REASONS | {"nonce": page.context["form"].initial["nonce"]}

    refused = ines.post(to("statement", decided.id), typed | {"facts": "A user reported it."}).content.decode()
    given = ines.post(to("statement", decided.id), typed)

    assert "This would show that somebody wrote to us" in refused
    code = CaseCode.parse(list(given.context["given"].code.lines))
    assert queries.statement_for(code).asks is Asks.MAY
    assert code.lines[0] not in ines.get(at("case", decided.id)).content.decode()


def test_a_remedy_is_promised_and_delivered_from_the_case(ines: Client, decided: MadeCase) -> None:
    said = {"report": str(decided.report_id), "kind": "apologise", "words": "We are sorry, and say so in public."}

    ines.post(to("remedies", decided.id), said)
    promised = queries.remedies_for(decided.report_id, decided.ring)[0]
    empty = ines.post(to("deliver", decided.id, promised.id), {"proof": " "})
    ines.post(to("deliver", decided.id, promised.id), {"proof": "Published on Monday."})

    assert empty.status_code == 409
    delivered = queries.remedies_for(decided.report_id, decided.ring)[0].delivered
    assert delivered is not None
    assert delivered.proof == "Published on Monday."


def test_deciding_in_the_console_keeps_the_case_for_its_reviewers(programme: Programme, ines: Client) -> None:
    made = make_case(programme, stage=Stage.ACTING)
    ines.post(
        at("decide", made.id),
        {"reason": "rules-allow-it", "also_looked_at": "the posts", "words_for_reporter": "The rules allow it."},
    )

    services.take_appeal(appeal(made).appeal_id, programme.desk("idris"))
    seen = queries.review_for(Appeal.objects.get().id, programme.desk("idris")).case

    assert seen is not None
    assert seen.whole


def test_an_empty_message_is_told_to_its_reviewer_and_not_as_to_an_appellant(idris: Client, appealed: UUID) -> None:
    idris.post(to("appeal-take", appealed))

    page = idris.post(to("appeal-write", appealed), {"text": " "}).content.decode()

    assert "There is nothing to send yet." in page
    assert "decided wrongly" not in page


def test_a_reviewer_gets_all_the_evidence_that_the_decider_had(
    programme: Programme, ines: Client, idris: Client, platform: FakePlatform
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS,))
    order(ines, made)
    safety.carry_out()
    sent = {"files": (sealed_picture(),), "ring": made.ring, "by": made.ring.actor, "key": new_id()}
    conversation.say(made.report_id, "This.", **sent)  # type: ignore[arg-type] # one argument each
    cases_seen = cases.case_for(made.id, programme.desk("ines")).evidence
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    appealed = appeal(made).appeal_id
    idris.post(to("appeal-take", appealed))

    page = idris.get(to("appeal", appealed)).content.decode()
    seen = queries.review_for(appealed, programme.desk("idris")).case
    assert seen is not None
    assert seen.evidence == cases_seen
    assert "What the platform showed before an act" in page
    assert "the door.jpg" in page
    picture, copy = (each.id for each in seen.evidence)
    answer: Any = idris.post(to("appeal-file", appealed, copy))
    assert b"".join(answer.streaming_content)
    drawn = idris.post(to("appeal-picture", appealed, picture))
    assert (drawn.status_code, drawn["Content-Type"].split("/")[0]) == (200, "image")
    assert ines.post(to("appeal-picture", appealed, picture)).status_code == 404


def test_a_returned_case_tells_its_taker_to_look_afresh_and_who_is_kept_out(
    programme: Programme, ines: Client, browser: Callable[[str], Client]
) -> None:
    made = make_decided(programme)
    idris, back = programme.desk("idris"), Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account.")
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, idris)
    services.decide_appeal(receipt.appeal_id, back, programme.desk("idris"))

    page = browser("leyla").get(at("case", made.id)).content.decode()

    assert "An appeal sent this case back." in page
    assert "What was decided before the appeal" in page
    assert "Given back for work after an appeal." in page
    assert back.words not in page
    assert ines.get(at("case", made.id)).status_code == 404
