"""Every error of HTTP v1 as problem+json (RFC 9457): a stable code for programs, a sentence for people."""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from safeconduct.kernel.errors import NotAllowed, Refused, SafeconductError, Unavailable

MEDIA_TYPE = "application/problem+json"
# What the rules refuse because of who asks, rather than because of what is asked.
FORBIDDEN_CODES = frozenset({"partner.no-terms", "partner.not-let-in", "channel.closed"})

log = structlog.get_logger()


class WrongField(Schema):
    """One field that could not be read. It names the field and never repeats what was sent."""

    field: str
    sentence: str


class Problem(Schema):
    """What went wrong. ``code`` is stable; ``detail`` is a sentence for a person and may change."""

    type: Annotated[str, Field(examples=["about:blank"])] = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    fields: list[WrongField] = []


class TooOften(Exception):
    """A program asked too often. ``wait_seconds`` says when it may ask again."""

    def __init__(self, wait_seconds: int) -> None:
        """Keep how long to wait."""
        super().__init__()
        self.wait_seconds = wait_seconds


def answer(
    status: HTTPStatus,
    code: str,
    sentence: str,
    *,
    fields: list[WrongField] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem as an answer."""
    problem = Problem(title=status.phrase, status=status.value, code=code, detail=sentence, fields=fields or [])
    log.info("api.refused", code=code, status=status.value)
    return HttpResponse(json.dumps(problem.model_dump()), status=status, content_type=MEDIA_TYPE, headers=headers)


def on_purpose(_request: HttpRequest, fault: SafeconductError) -> HttpResponse:
    """Answer one of ``kernel.errors``."""
    return answer(_status(fault), fault.code, fault.sentence)


def not_signed_in(_request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    """Answer a missing, unknown, ended or malformed token: all alike."""
    sentence = "Send your organisation's token: 'Authorization: Bearer scp_...'. It may have ended; make a new one."
    return answer(HTTPStatus.UNAUTHORIZED, "token.unknown", sentence, headers={"WWW-Authenticate": "Bearer"})


def not_valid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Answer a request whose fields do not fit. What was sent is not repeated, so that no log can hold it."""
    fields = [WrongField(field=_place(error["loc"]), sentence=str(error["msg"])[:200]) for error in fault.errors]
    sentence = "Some of this could not be read. Nothing was kept. Correct the fields named, then send it again."
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid", sentence, fields=fields)


def not_json(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Answer what is not JSON at all."""
    return answer(
        HTTPStatus(fault.status_code), "request.unreadable", "Send one JSON object in UTF-8. Nothing was kept."
    )


def too_large(_request: HttpRequest, _fault: RequestDataTooBig) -> HttpResponse:
    """Answer a body that is larger than any report."""
    sentence = "That was too much at once. Send the first part; the rest can follow as messages."
    return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large", sentence)


def suspicious(_request: HttpRequest, _fault: SuspiciousOperation) -> HttpResponse:
    """Answer a request that no program of a partner would send."""
    return answer(HTTPStatus.BAD_REQUEST, "request.unreadable", "This request could not be read. Nothing was kept.")


def too_often(_request: HttpRequest, fault: TooOften) -> HttpResponse:
    """Answer a program that asks too often."""
    sentence = f"You asked too often. Wait {fault.wait_seconds} seconds, then go on. Nothing was kept."
    headers = {"Retry-After": str(fault.wait_seconds)}
    return answer(HTTPStatus.TOO_MANY_REQUESTS, "request.too-often", sentence, headers=headers)


def unwritable(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Answer while nothing can be written: a full disk, a database that somebody holds too long."""
    log.error("storage.refused", fault=type(fault).__name__)
    sentence = "Nothing was kept. Send the same request again in a minute, under the same Idempotency-Key."
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, "storage.unavailable", sentence, headers={"Retry-After": "60"})


def our_fault(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Answer a fault of ours. Only its kind is logged: its text may quote what was sent."""
    log.error("api.failed", fault=type(fault).__name__)
    sentence = "Something broke on our side. Send the same request again under the same Idempotency-Key."
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, "our.fault", sentence)


def nothing_here(_request: HttpRequest, **_: object) -> HttpResponse:
    """Answer an address that does not exist, in the same words as one that is not yours."""
    missing = NotAllowed()
    return answer(HTTPStatus.NOT_FOUND, missing.code, missing.sentence)


def not_this_way(allowed: str) -> HttpResponse:
    """Answer a method that an address does not take."""
    sentence = f"This address takes {allowed}."
    return answer(HTTPStatus.METHOD_NOT_ALLOWED, "request.method", sentence, headers={"Allow": allowed})


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    SafeconductError: on_purpose,
    AuthenticationError: not_signed_in,
    ValidationError: not_valid,
    HttpError: not_json,
    RequestDataTooBig: too_large,
    SuspiciousOperation: suspicious,
    TooOften: too_often,
    OperationalError: unwritable,
    InternalError: unwritable,
    Exception: our_fault,
}


def explain(api: NinjaAPI) -> None:
    """Give the API its answers for everything that can go wrong."""
    for kind, answering in ANSWERS.items():
        api.add_exception_handler(kind, answering)


def _status(fault: SafeconductError) -> HTTPStatus:
    if isinstance(fault, NotAllowed):
        return HTTPStatus.NOT_FOUND
    if isinstance(fault, Unavailable):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(fault, Refused) and fault.code in FORBIDDEN_CODES:
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT


def _place(parts: tuple[str | int, ...]) -> str:
    # A key that the caller invented is content too, so only numbers and names of ours are repeated.
    return ".".join(str(part) for part in parts if isinstance(part, int) or str(part).isidentifier())[:80]
