"""The contract's questions: what the platform can do, how an account is, and what it shows."""

import base64
import hashlib
import json
import sqlite3
from typing import Any

from demoplatform import accounts, clock, people
from demoplatform.contract.problems import ProblemError

ACTS = (
    "sessions.revoke", "tokens.revoke", "account.lock", *accounts.FLAGS_OF_ACTS, "content.disable", "content.restore",
    "notice.send",
)  # fmt: skip
FACTS = {
    "locked": "locked",
    "credentials-frozen": "credentials_frozen",
    "contact-frozen": "contact_frozen",
    "profile-hidden": "profile_hidden",
    "posts-hidden": "posts_hidden",
    "search-hidden": "search_hidden",
    "followers-hidden": "followers_hidden",
    "messages-closed": "messages_closed",
}
Body = dict[str, Any]


def capabilities() -> Body:
    """Say what the platform can do."""
    return {
        "contract": "1.0",
        "platform": "juniper-square",
        "name": "Juniper Square",
        "acts": list(ACTS),
        "evidence": True,
        "undo_days": 30,
        "lock_ends_by_itself": True,
        "remembers_locks": True,
        "test_accounts": [people.TEST_ACCOUNT],
        "test_item": people.TEST_POST,
        "rehearsal": True,
    }


def account(db: sqlite3.Connection, body: Body) -> Body:
    """Say how an account is."""
    found = accounts.find(db, body["handle"])
    if found is None:
        return {"exists": False}
    return {
        "exists": True,
        "facts": {fact: getattr(found, column) for fact, column in FACTS.items()},
        "sessions": [_seen(one) for one in accounts.devices(db, found.handle) if not one.ended],
        "tokens": [_seen(one) for one in accounts.apps(db, found.handle) if not one.ended],
        "locked_until": found.locked_until,
        "last_locked_at": found.last_locked_at,
    }


def evidence(db: sqlite3.Connection, body: Body) -> Body:
    """Give a copy of what the account and the posts about it show."""
    handle = known(db, body["handle"]).handle
    posts = db.execute(
        "SELECT id, author, written_at, words, reply_to FROM post WHERE author = ? OR reply_to IN "
        "(SELECT id FROM post WHERE author = ?) ORDER BY written_at, id",
        (handle, handle),
    )
    kept: Body = {"account": account(db, body), "posts": [dict(row) for row in posts], "log": _log(db, handle)}
    if body.get("item"):
        # What is about no post, as a device is, is in the account's own copy.
        kept["item"] = dict(found) if (found := _post(db, body)) else None
    content = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return {
        "media_type": "application/json",
        "content": base64.b64encode(content).decode(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "taken_at": clock.text(clock.now()),
        "note": "The account, its posts, the answers to them, and the platform's own log.",
    }


def cost(db: sqlite3.Connection, body: Body) -> Body:
    """Say what is particular to this platform about an act's cost."""
    known(db, body["handle"])
    if body["act"] == "account.lock":
        return {"possible": True, "lost": ["Posts that were planned for later are not published while it is locked."]}
    return {"possible": True}


def effect(db: sqlite3.Connection, body: Body) -> Body:
    """Say whether a post or a notice is as it was ordered."""
    if body["act"] == "notice.send":
        found = db.execute(
            "SELECT 1 FROM notice WHERE reference = ? AND handle = ?", (body.get("reference", ""), body["handle"])
        )
        return {"shows": found.fetchone() is not None}
    named = post(db, body)
    so = bool(named["disabled"]) is (body["act"] == "content.disable")
    return {"shows": so, "author": named["author"], "words": named["words"]}


def known(db: sqlite3.Connection, handle: str) -> accounts.Account:
    """Return an account, or answer that there is none."""
    found = accounts.find(db, handle)
    if found is None:
        raise ProblemError(404, "unknown-account", "There is no such account.")
    return found


def post(db: sqlite3.Connection, body: Body) -> sqlite3.Row:
    """Return the post that an act names, by its id or the end of its address."""
    found = _post(db, body)
    if found is None:
        raise ProblemError(404, "not-found", "There is no such post.")
    return found


def _post(db: sqlite3.Connection, body: Body) -> sqlite3.Row | None:
    wanted = str(body.get("item", "")).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    found: sqlite3.Row | None = db.execute("SELECT * FROM post WHERE id = ?", (wanted,)).fetchone()
    return found


def _seen(one: accounts.Held) -> Body:
    return {"id": one.id, "label": one.label, "seen_at": one.seen_at, "place": one.place}


def _log(db: sqlite3.Connection, handle: str) -> list[Body]:
    return [dict(row) for row in db.execute("SELECT at, words FROM log WHERE handle = ? ORDER BY at", (handle,))]
