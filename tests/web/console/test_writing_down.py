"""Writing down an account from the case page: what staff are asked, what they and the reporter then see."""

import pytest
from django.test import Client

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Stage
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_HANDLE
from tests.programme import Programme
from tests.web.console.conftest import at

pytestmark = pytest.mark.usefixtures("platform")


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE, accounts=())


def written(client: Client, made: MadeCase, handle: str = THE_HANDLE) -> object:
    said = {"report": made.report_id, "platform": "juniper-square", "handle": handle, "source": "In her first message."}
    return client.post(at("write-down", made.id), said)


def test_an_account_named_in_words_is_written_down_and_then_offered_like_any_other(
    ines: Client, made: MadeCase
) -> None:
    answer = written(ines, made)

    page = ines.get(at("case", made.id)).content.decode()
    assert answer.url == f"/console/cases/{made.id}#accounts"  # type: ignore[attr-defined] # a redirect
    assert THE_HANDLE not in answer.url  # type: ignore[attr-defined] # as above
    assert "Written down by" in page
    assert at("order", made.id, "secure-now") in page


def test_an_account_that_the_platform_does_not_know_is_said_on_the_form(ines: Client, made: MadeCase) -> None:
    answer = written(ines, made, "amnia")

    assert "knows no account of this name" in answer.content.decode()  # type: ignore[attr-defined] # a page
    assert 'value="amnia"' in answer.content.decode()  # type: ignore[attr-defined] # as above


def test_an_account_is_taken_back_from_the_case_page(ines: Client, made: MadeCase, programme: Programme) -> None:
    written(ines, made)
    mark = ines.get(at("case", made.id)).context["to_protect"][0].one.mark

    ines.post(at("account-back", made.id), {"account": mark})

    assert queries.case_for(made.id, programme.desk("ines")).accounts == ()
    assert "Took back an account" in ines.get(at("case", made.id)).content.decode()
