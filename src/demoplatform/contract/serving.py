"""Answering the contract's calls: check the signature, answer, sign."""

import json
import sqlite3
import time
from typing import Any

from werkzeug.wrappers import Request, Response

from demoplatform import people
from demoplatform.contract import acting, reading, signing
from demoplatform.contract.problems import ProblemError
from demoplatform.faults import Fault, Switch
from demoplatform.store import Store, put_back

LARGEST_BODY = 100_000
TEXTS = {
    "capabilities": (),
    "account": ("handle",),
    "evidence": ("handle",),
    "cost": ("handle", "act"),
    "acts": ("handle", "act"),
    "effect": ("handle", "act"),
    "rehearsal": ("handle",),
}
Body = dict[str, Any]


def answer(question: str, request: Request, *, store: Store, keys: signing.Keys, switch: Switch) -> Response:
    """Answer one call, signed; or fail in the way that is switched on."""
    fault = switch.fault
    if fault is Fault.ABSENT:
        return Response("<h1>503</h1>", 503, mimetype="text/html")
    body = request.get_data()
    if len(body) > LARGEST_BODY:
        return _signed(request, 400, ProblemError(400, "bad-request", "The question is too long.").body(), keys=keys)
    status, content = _content(question, request, body, store=store, keys=keys, fault=fault)
    if question == "acts" and fault in {Fault.SLOW, Fault.STALLED}:
        time.sleep(switch.late_seconds)
    if question == "acts" and fault is Fault.UNSIGNED:
        return Response(json.dumps(content), status, mimetype="application/json")
    return _signed(request, status, content, keys=keys)


def _content(
    question: str, request: Request, body: bytes, *, store: Store, keys: signing.Keys, fault: Fault
) -> tuple[int, Body]:
    try:
        # The question is used up even when its answer is a refusal, so it has a transaction of its own.
        with store.open() as db:
            signing.check(request, body, keys=keys, db=db)
        asked = _asked(question, body)
        with store.open() as db:
            return 200, _answer(db, question, asked, request.headers.get("Idempotency-Key", ""), fault)
    except signing.BadSignatureError:
        problem = ProblemError(401, "signature", "The question is not signed with a key that is known here.")
    except signing.ReplayedError:
        problem = ProblemError(401, "replayed", "This question was asked before.")
    except ProblemError as found:
        problem = found
    return problem.status, problem.body()


def _asked(question: str, body: bytes) -> Body:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise ProblemError(400, "bad-request", "The body is not JSON.") from fault
    if not isinstance(asked, dict) or not all(isinstance(asked.get(name), str) for name in TEXTS[question]):
        raise ProblemError(400, "bad-request", "The body does not follow the contract.")
    if question == "acts" and not isinstance(asked.get("dry_run"), bool):
        raise ProblemError(400, "bad-request", "The body does not follow the contract.")
    return asked


def _answer(db: sqlite3.Connection, question: str, asked: Body, key: str, fault: Fault) -> Body:
    if question == "acts":
        return _acted(db, asked, key, fault)
    if question == "capabilities":
        return reading.capabilities()
    if question == "rehearsal":
        return _rehearsed(db, asked)
    if question in {"account", "effect"} and fault is Fault.BLIND:
        raise ProblemError(500, "refused", "Accounts cannot be shown now.")
    return {"account": reading.account, "evidence": reading.evidence, "cost": reading.cost, "effect": reading.effect}[
        question
    ](db, asked)


def _acted(db: sqlite3.Connection, asked: Body, key: str, fault: Fault) -> Body:
    if not key:
        raise ProblemError(400, "bad-request", "An order needs an Idempotency-Key.")
    if fault is Fault.REFUSING:
        raise ProblemError(403, "refused", "This account is under review by another team.")
    if fault is Fault.FAILING:
        raise ProblemError(500, "refused", "Something broke.")
    if fault is Fault.NONSENSE:
        return {"ok": "sure"}
    return acting.act(db, asked, key=key, lying=fault in {Fault.LYING, Fault.STALLED})


def _rehearsed(db: sqlite3.Connection, asked: Body) -> Body:
    if asked["handle"] != people.TEST_ACCOUNT:
        raise ProblemError(403, "refused", "Only a test account can be put back.")
    put_back(db, asked["handle"])
    return {"ready": True}


def _signed(request: Request, status: int, content: Body, *, keys: signing.Keys) -> Response:
    response = Response(json.dumps(content, ensure_ascii=False), status, content_type="application/json")
    signing.sign(response, request, keys=keys)
    return response
