"""Guessing a code, somebody else's id, a forged cookie, token or signature: one refusal for all, at one cost."""

import base64
import secrets
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases.services import conversation
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode
from safeconduct.web.sessions import DESK_COOKIE, WAY_COOKIE
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.programme import Programme
from tests.refusals.meter import Refusal, refusal

PAGES = (
    "",
    "/hand-over",
    "/severity",
    "/link",
    "/summary",
    "/mitigated",
    "/decide",
    "/close",
    "/restrict",
    "/step-back",
)
DEEDS = ("/take", "/notes", "/answer", "/open", "/acts/secure-now")


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture
def ines(programme: Programme) -> Client:
    return programme.browser("ines")


@pytest.fixture
def foreign(programme: Programme) -> MadeCase:
    """Return a case that Ines must not see."""
    return make_case(programme, by="idris", exclusions=Exclusions(countries=frozenset({"PT"})))


def entering(code: CaseCode) -> Refusal:
    typed = dict(zip(("line1", "line2", "line3"), code.lines, strict=True))
    return refusal(lambda: Client().post("/help", {"go": "enter", **typed}))


def test_a_code_nobody_has_and_a_code_whose_way_is_closed_are_refused_alike(programme: Programme) -> None:
    closed = make_case(programme)
    conversation.close_the_way_in(closed.report_id, ring=closed.ring, by=closed.reporter)
    never = CaseCode.from_nonce(secrets.token_bytes(32))
    entering(never)

    assert entering(never) == entering(closed.code)


def test_the_meter_tells_a_code_that_opens_from_one_that_does_not(programme: Programme) -> None:
    """Were it blind, every other test here would pass."""
    kept = make_case(programme)
    never = entering(CaseCode.from_nonce(secrets.token_bytes(32)))
    opened = entering(kept.code)

    assert opened.queries != never.queries
    assert (opened.cookies, never.cookies) == ((WAY_COOKIE,), ())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_somebody_elses_case_is_refused_like_one_that_does_not_exist(
    ines: Client, foreign: MadeCase, page: str
) -> None:
    def asked(case_id: UUID) -> Refusal:
        return refusal(lambda: ines.get(f"/console/cases/{case_id}{page}"))

    asked(new_id())

    assert asked(foreign.id) == asked(new_id())
    assert asked(foreign.id).status == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_on_somebody_elses_case_is_refused_like_one_on_no_case(
    ines: Client, foreign: MadeCase, deed: str
) -> None:
    form = {"text": "words", "report": str(foreign.report_id), "item": str(foreign.report_id), "showing": "words"}

    def asked(case_id: UUID) -> Refusal:
        return refusal(lambda: ines.post(f"/console/cases/{case_id}{deed}", form | {"key": str(new_id())}))

    asked(new_id())

    assert asked(foreign.id) == asked(new_id())


@pytest.mark.parametrize(("cookie", "address"), [(DESK_COOKIE, "/console/"), (WAY_COOKIE, "/help")])
def test_a_forged_cookie_is_refused_like_another_persons_that_has_ended(
    programme: Programme, cookie: str, address: str
) -> None:
    def asked(value: str) -> Refusal:
        client = Client()
        client.cookies[cookie] = value
        return refusal(lambda: client.get(address))

    forged = [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for _ in range(3)]
    asked(forged[0])

    assert asked(forged[1]) == asked(forged[2])
    assert asked(forged[1]).body == asked("not even base64").body


def test_a_token_nobody_made_and_a_malformed_one_get_the_same_answer(programme: Programme) -> None:
    def asked(token: str) -> Refusal:
        return refusal(lambda: Client().get("/api/v1/reports", headers={"authorization": f"Bearer {token}"}))

    made_up = "scp_" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    asked(made_up)

    assert asked(made_up).status == 401
    assert asked(made_up).body == asked("scp_x").body
    assert asked(made_up).headers == asked("scp_x").headers


def test_a_picture_with_a_forged_signature_is_refused_like_a_picture_that_is_not_there(
    ines: Client, foreign: MadeCase
) -> None:
    def asked(file_id: UUID, look: str) -> Refusal:
        address = f"/console/cases/{foreign.id}/files/{file_id}/picture"
        return refusal(lambda: ines.get(address, {"showing": "picture", "look": look}))

    asked(new_id(), "forged")

    assert asked(new_id(), "forged") == asked(new_id(), "1:forged:again")


def test_an_unknown_name_and_a_known_name_with_a_wrong_code_are_refused_alike(programme: Programme) -> None:
    def asked(name: str) -> Refusal:
        form = {"name": name, "passphrase": "six words that are nobody's own", "code": "000000"}
        return refusal(lambda: Client().post("/sign-in", form))

    # As long as hers, for the page gives back what was typed.
    asked("nora")
    known, unknown = asked("ines"), asked("nora")

    assert known.body.replace("ines", "") == unknown.body.replace("nora", "")
    assert (known.status, known.headers) == (unknown.status, unknown.headers)
    assert (known.queries, known.dear) == (unknown.queries, unknown.dear)
