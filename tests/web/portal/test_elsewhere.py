"""Another site can make a browser send any form. It can neither read along nor let anyone into its own conversation."""

import base64
from pathlib import Path

import pytest

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import intake
from tests.programme import Programme
from tests.web.portal.test_uploads import lying_in
from tests.web.portal.walks import WORDS, picture, report, to_the_last_step
from tests.web.visitor import Visitor

PLANTED = b"a nonce that the attacker keeps, too"
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "https://testserver"},
    {"Origin": "null"},
]
OUR_OWN = [{"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, {"Origin": "http://testserver"}, {}]


def planted(go: str) -> dict[str, str]:
    nonce = base64.urlsafe_b64encode(PLANTED).decode()
    return {"nonce": nonce, "step": "1", "text": WORDS, "happened": "T5", "go": go, "end": "1"}


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("go", ["stay", "on", "last", "send", "to-2"])
def test_another_site_cannot_plant_a_report_to_read_along(
    visitor: Visitor, data_folder: Path, go: str, headers: dict[str, str]
) -> None:
    start = visitor.open().page

    answer = visitor.client.post("/help?l=en", {**planted(go), "files": picture()}, headers=headers)

    assert answer.content.decode() == start
    assert queries.draft_for(PLANTED) is None
    assert lying_in(data_folder) == []


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_cannot_file_a_report(visitor: Visitor, programme: Programme, headers: dict[str, str]) -> None:
    form = to_the_last_step(visitor).form_with("send")

    visitor.client.post(form.action, {**form.fields, "go": "send"}, headers=headers)

    assert queries.queue_for(programme.desk("ines"), view="all") == []


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_site_cannot_let_anyone_into_its_conversation(visitor: Visitor, headers: dict[str, str]) -> None:
    lines = report(visitor)
    code = dict(zip(("line1", "line2", "line3"), lines, strict=True))

    answer = visitor.client.post("/help", {**code, "go": "enter"}, headers=headers)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert visitor.client.cookies == {}


@pytest.mark.parametrize("headers", OUR_OWN)
def test_our_own_forms_and_very_old_browsers_come_through(visitor: Visitor, headers: dict[str, str]) -> None:
    intake.keep_draft(PLANTED, {}, [])

    visitor.client.post("/help?l=en", planted("stay"), headers=headers)

    draft = queries.draft_for(PLANTED)
    assert draft is not None
    assert draft.answers["text"] == WORDS


@pytest.mark.parametrize(("site", "clears"), [("cross-site", False), ("same-site", False), ("none", True)])
def test_only_our_own_link_clears_what_a_browser_keeps_of_us(visitor: Visitor, site: str, *, clears: bool) -> None:
    answer = visitor.client.get("/leave", headers={"Sec-Fetch-Site": site})

    assert answer["Location"] == "/leave/weather"
    assert ("Clear-Site-Data" in answer) is clears
