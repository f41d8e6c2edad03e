"""A partner disagrees with the decision on a report it filed."""

from uuid import UUID

import pytest
from django.test import Client

from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.models import Appeal
from tests.domains.cases.making import MadeCase, partner_origin
from tests.domains.remedy.making import UPHELD, make_decided
from tests.programme import Programme

WORDS = "You only looked at the first post."


@pytest.fixture
def decided(programme: Programme) -> MadeCase:
    return make_decided(programme, origin=partner_origin(programme))


@pytest.fixture
def client(programme: Programme) -> Client:
    return programme.browser("tomas")


def page(client: Client, made: MadeCase) -> str:
    return client.get(f"/partner/report/{made.report_id}").content.decode()


def test_a_partner_appeals_adds_to_it_and_reads_the_answer(
    programme: Programme, client: Client, decided: MadeCase
) -> None:
    assert "I disagree" in page(client, decided)

    client.post(f"/partner/report/{decided.report_id}/appeal", {"words": WORDS, "urgency": "danger"})
    appealed = Appeal.objects.get()
    client.post(
        f"/partner/report/{decided.report_id}/appeal/add", {"appeal": str(appealed.id), "text": "A fourth.", "end": "1"}
    )
    services.take_appeal(appealed.id, programme.desk("idris"))
    services.decide_appeal(appealed.id, UPHELD, programme.desk("idris"))

    after = page(client, decided)
    assert WORDS in after
    assert "A fourth." in after
    assert UPHELD.words in after


def test_what_was_typed_is_kept_when_something_is_missing(client: Client, decided: MadeCase) -> None:
    answer = client.post(
        f"/partner/report/{decided.report_id}/appeal", {"words": " ", "new_evidence": "A court has confirmed it."}
    )

    assert answer.status_code == 409
    assert "A court has confirmed it." in answer.content.decode()


def test_nobody_else_appeals_in_a_partner_s_name(programme: Programme, decided: MadeCase) -> None:
    staff = programme.browser("idris")

    assert staff.post(f"/partner/report/{decided.report_id}/appeal", {"words": WORDS}).status_code == 404
    assert not Appeal.objects.exists()


def test_another_s_report_is_not_there_to_appeal_against(client: Client) -> None:
    assert client.post(f"/partner/report/{UUID(int=7)}/appeal", {"words": WORDS}).status_code == 404
