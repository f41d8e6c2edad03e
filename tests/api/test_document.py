"""The document of HTTP v1 is the whole truth: no call gets an answer that it does not name."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from safeconduct.api import tokens
from safeconduct.project.wsgi import application
from tests.api.conftest import Program

PROMISED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    ignored_auth,
    missing_required_header,
    unsupported_method,
    positive_data_acceptance,
]

document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def harbours_id(harbour: Program) -> str:
    filed: str = harbour.file().json()["id"]
    return filed


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pace", "filings"):
        monkeypatch.setattr(tokens, name, tokens.Pace(1_000_000, name))


@pytest.fixture
def one_connection(harbours_id: str) -> Iterator[None]:
    """Keep the server's end of a request from closing the connection that the test's transaction is on."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.mark.usefixtures("unhurried", "one_connection")
@document.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_no_answer_is_undocumented(case: schemathesis.Case, harbour: Program, harbours_id: str) -> None:
    if "report_id" in case.path_parameters:
        case.path_parameters["report_id"] = harbours_id

    case.call_and_validate(checks=PROMISED, headers=harbour.headers())


def test_the_document_is_openapi_3_1_and_open_to_read() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("status", ["401", "403", "404", "409", "422", "429"])
def test_every_call_documents_its_refusals_as_problems(status: str, refusals: Callable[[str], set[str]]) -> None:
    assert refusals(status) == {"application/problem+json"}


@pytest.fixture
def refusals() -> Callable[[str], set[str]]:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    return lambda status: {kind for operation in operations for kind in operation["responses"][status]["content"]}
