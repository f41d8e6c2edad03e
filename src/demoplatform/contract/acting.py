"""The contract's orders: done once for each key, in one transaction with the memory of having done them."""

import json
import secrets
import sqlite3
from datetime import datetime
from typing import Any

from demoplatform import accounts, clock
from demoplatform.contract import reading
from demoplatform.contract.problems import ProblemError

Body = dict[str, Any]


def act(db: sqlite3.Connection, body: Body, *, key: str, lying: bool = False) -> Body:
    """Carry out an order once. The same key with another body is refused."""
    written = json.dumps(body, sort_keys=True)
    before = db.execute("SELECT body, answer FROM done WHERE key = ?", (key,)).fetchone()
    if before is not None:
        return _as_before(before, written)
    _check(db, body)
    answer = _answer(body)
    if body["dry_run"] or lying:
        return answer
    _change(db, body, answer["reference"])
    accounts.note(db, body["handle"], accounts.LOG_WORDS[body["act"]])
    db.execute("INSERT INTO done VALUES (?, ?, ?)", (key, written, json.dumps(answer)))
    return answer


def _as_before(before: sqlite3.Row, written: str) -> Body:
    if before["body"] != written:
        raise ProblemError(409, "key-reused", "This key was used for another order.")
    answer: Body = json.loads(before["answer"])
    return answer


def _check(db: sqlite3.Connection, body: Body) -> None:
    reading.known(db, body["handle"])
    if body["act"] not in reading.ACTS:
        raise ProblemError(422, "not-supported", "This platform cannot do that.")
    if body["act"].startswith("content."):
        reading.post(db, body)
    if body["act"] == "notice.send" and not str(body.get("words", "")).strip():
        raise ProblemError(400, "bad-request", "A notice needs words.")


def _answer(body: Body) -> Body:
    if body["dry_run"]:
        return {"reference": "", "dry_run": True}
    return {
        "reference": f"JS-{secrets.token_hex(4).upper()}",
        "dry_run": False,
        "effective_at": clock.text(clock.now()),
    }


def _change(db: sqlite3.Connection, body: Body, reference: str) -> None:
    act, handle = body["act"], body["handle"]
    if act in accounts.FLAGS_OF_ACTS:
        accounts.set_flag(db, handle, act)
    elif act == "account.lock":
        accounts.lock(db, handle, _end(body))
    elif act == "sessions.revoke":
        accounts.end_all(db, "session", handle)
    elif act == "tokens.revoke":
        accounts.end_all(db, "app", handle)
    elif act == "notice.send":
        db.execute(
            "INSERT INTO notice VALUES (?, ?, ?, ?)", (reference, handle, body["words"], clock.text(clock.now()))
        )
    else:
        hidden = act == "content.disable"
        db.execute("UPDATE post SET disabled = ? WHERE id = ?", (hidden, reading.post(db, body)["id"]))


def _end(body: Body) -> str | None:
    if not body.get("until"):
        return None
    try:
        return clock.text(datetime.fromisoformat(body["until"]).astimezone(clock.now().tzinfo))
    except ValueError as fault:
        raise ProblemError(400, "bad-request", "until is not a time.") from fault
