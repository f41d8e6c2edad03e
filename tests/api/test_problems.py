import json
from datetime import timedelta

import pytest
from django.test import Client

from safeconduct.api import tokens
from safeconduct.domains.partners import services as partners
from safeconduct.kernel import clock
from tests.api.conftest import REPORT, Program
from tests.programme import PARTNER_ID, Programme

SECRET_WORDS = "the blue door behind the bakery"


def problem(answer: object) -> dict[str, object]:
    assert answer.headers["Content-Type"] == "application/problem+json"  # type: ignore[attr-defined] # Django's answer
    said: dict[str, object] = answer.json()  # type: ignore[attr-defined] # the same
    assert set(said) == {"type", "title", "status", "code", "detail", "fields"}
    assert said["status"] == answer.status_code  # type: ignore[attr-defined] # the same
    return said


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("token", ["", "scp_wrong", "x" * 500, "scp_" + "A" * 43])
def test_every_wrong_token_gets_one_and_the_same_answer(token: str) -> None:
    answer = Program(token).get("reports")

    assert problem(answer)["code"] == "token.unknown"
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.content == Program("").get("reports").content


@pytest.mark.usefixtures("programme")
def test_a_token_in_the_address_is_no_token(harbour: Program) -> None:
    assert Client().get("/api/v1/reports", {"token": harbour.token}).status_code == 401


def test_a_suspended_partner_is_told_so(harbour: Program, programme: Programme) -> None:
    partners.suspend(PARTNER_ID, by=programme.desk("leyla"))

    assert problem(harbour.get("reports"))["code"] == "partner.not-let-in"
    assert harbour.file().status_code == 403


def test_a_partner_whose_agreement_ran_out_reads_and_does_not_file(harbour: Program) -> None:
    from safeconduct.domains.partners.models import Agreement  # noqa: PLC0415

    harbour.file()
    Agreement.objects.all().delete()

    answer = harbour.file(key="k-2")
    assert answer.status_code == 403
    assert problem(answer)["code"] == "partner.no-terms"
    assert len(harbour.get("reports").json()["reports"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        REPORT | {"happened": ["T99"]},
        REPORT | {"unknown": SECRET_WORDS},
        REPORT | {"text": 5},
        REPORT | {"text": "x" * 20_001},
        REPORT | {"accounts": [{"platform": "", "handle": SECRET_WORDS}]},
        REPORT | {"text": "a\u0000b"},
        REPORT | {"country": "Portugal"},
        [],
        None,
    ],
)
def test_what_does_not_fit_is_named_and_never_repeated(harbour: Program, body: object) -> None:
    answer = harbour.post("reports", body)

    assert answer.status_code == 422
    said = problem(answer)
    assert said["fields"]
    assert SECRET_WORDS not in json.dumps(said)
    assert harbour.get("reports").json()["reports"] == []


@pytest.mark.parametrize("body", ["{", b"\xff\xfe", "{'text': 1}"])
def test_what_is_not_json_is_a_bad_request(harbour: Program, body: object) -> None:
    assert problem(harbour.post("reports", body))["code"] == "request.unreadable"


@pytest.mark.parametrize("key", ["", "x" * 101, "two words"])
def test_a_filing_without_a_proper_key_is_refused(harbour: Program, key: str) -> None:
    assert problem(harbour.file(key=key))["status"] == 422


def test_a_body_larger_than_any_report_is_refused(harbour: Program) -> None:
    answer = harbour.post("reports", json.dumps({"text": "x" * 3_000_000}))

    assert answer.status_code == 413
    problem(answer)


def test_asking_too_often_says_when_to_come_back(harbour: Program) -> None:
    now = clock.now()
    with clock.use(lambda: now):
        for _ in range(tokens.REQUESTS_A_MINUTE):
            assert harbour.get("organisation").status_code == 200

        answer = harbour.get("organisation")

    assert problem(answer)["status"] == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_an_organisation_files_a_few_reports_a_minute_and_no_more(harbour: Program) -> None:
    now = clock.now()
    with clock.use(lambda: now):
        filed = [harbour.file(key=f"harbour-{number}") for number in range(tokens.FILINGS_A_MINUTE + 1)]
    with clock.use(lambda: now + timedelta(minutes=1)):
        later = harbour.file(key="harbour-later")

    assert [each.status_code for each in filed] == [201] * tokens.FILINGS_A_MINUTE + [429]
    assert later.status_code == 201


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("path", ["", "nothing", "reports/", "reports/x/y/z", "docs"])
def test_an_unknown_address_is_a_problem_too(path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")

    assert problem(answer)["status"] == 404


def test_a_wrong_method_says_which_are_right(harbour: Program) -> None:
    answer = Client().delete("/api/v1/reports", headers=harbour.headers())

    assert problem(answer)["status"] == 405
    assert "POST" in answer.headers["Allow"]


def test_a_cookie_opens_nothing_here(programme: Programme) -> None:
    client = Client()
    client.cookies["desk"] = programme.cookie("tomas")

    assert client.get("/api/v1/reports").status_code == 401


def test_answers_are_kept_by_nobody(harbour: Program) -> None:
    assert harbour.get("reports").headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_quotes_nothing(harbour: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET_WORDS)

    monkeypatch.setattr("safeconduct.domains.cases.queries.reports_for_partner", broken)

    answer = harbour.get("reports")

    assert problem(answer)["code"] == "our.fault"
    assert SECRET_WORDS.encode() not in answer.content
