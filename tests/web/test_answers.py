"""Pages for what went wrong: one sentence, a way on, and nothing of what was there."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from structlog.testing import capture_logs

from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable

SECRET = "Planted secret: her street is named after a river."

FAULTS: dict[str, Exception] = {
    "refused": Refused("rule.no", "The rules say no to this. Do something else."),
    "not-allowed": NotAllowed(),
    "unavailable": Unavailable("outside.silent", "The platform did not answer. Nothing was changed."),
    "missing": Http404(SECRET),
    "malformed": SuspiciousOperation(SECRET),
    "too-large": RequestDataTooBig(SECRET),
    "broken": RuntimeError(SECRET),
}


def failing(_request: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]


urlpatterns = [path("help/<str:kind>", failing), path("console/<str:kind>", failing)]
handler400 = "safeconduct.web.answers.not_understood"
handler403 = "safeconduct.web.answers.nothing_here"
handler404 = "safeconduct.web.answers.nothing_here"
handler500 = "safeconduct.web.answers.our_fault"

pytestmark = pytest.mark.urls(__name__)


def test_a_name_that_is_not_ours_is_told_to_the_operator_and_not_kept() -> None:
    with capture_logs() as told:
        answer = Client(raise_request_exception=False).get("/page/missing", headers={"Host": "planted.example"})

    assert answer.status_code == 400
    assert [event["event"] for event in told] == ["page.host-not-in-SAFECONDUCT_HOSTS"]
    assert "planted" not in f"{told}{answer.content.decode()}"


@pytest.mark.parametrize("place", ["help", "console"])
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("refused", 409),
        ("not-allowed", 404),
        ("unavailable", 503),
        ("missing", 404),
        ("malformed", 400),
        ("too-large", 413),
        ("broken", 500),
    ],
)
def test_each_failure_has_a_page_that_says_nothing_of_what_was_there(place: str, kind: str, status: int) -> None:
    answer = Client(raise_request_exception=False).post(f"/{place}/{kind}", {"text": SECRET})

    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1>") == 1
    for planted in ("Planted", "river", "Traceback", "RuntimeError", "rule.no"):
        assert planted not in page
    assert answer["Cache-Control"] == "no-store"


def test_missing_and_forbidden_are_the_same_page() -> None:
    client = Client()

    assert client.get("/help/missing").content == client.get("/help/not-allowed").content


def test_what_is_refused_says_what_to_do() -> None:
    page = Client().get("/console/refused").content.decode()

    assert "Do something else." in page


def test_a_refusal_for_staff_is_not_read_out_to_a_reporter() -> None:
    page = Client().get("/help/refused").content.decode()

    assert "Do something else." not in page
    assert "This cannot be done now." in page
