"""What a page answers, sorted into a handful of kinds, and what a row expects."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client

from safeconduct.web.sessions import SIGN_IN
from tests.refusals.roles import OUTSIDE, Kind, Who
from tests.refusals.rows import Row
from tests.refusals.world import SECRET, World
from tests.web.console.conftest import AMINAS

KINDS = {401: Kind.NO_TOKEN, 404: Kind.NOTHING, 405: Kind.NOT_THIS_WAY}
FRESH_EACH_TIME = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{40,}")


@dataclass(frozen=True)
class Answer:
    kind: Kind
    body: str

    @property
    def tells(self) -> bool:
        """Return whether it says anything of what lies behind the address."""
        return any(word in self.body for word in (SECRET, AMINAS.handle))


def asked(scene: World, who: Who, verb: str, row: Row) -> Answer:
    """Ask, undo whatever that did, and sort the answer."""
    return _ask(scene, who, verb, row, scene.things)


def asked_of_nothing(scene: World, who: Who, verb: str, row: Row) -> Answer:
    """Ask for a thing that does not exist."""
    return _ask(scene, who, verb, row, {name: _other(thing) for name, thing in scene.things.items()})


def expected(row: Row, who: Who, verb: str) -> frozenset[Kind]:
    """Return what a row allows. Outside the door nobody learns more than that there is a door."""
    if row.for_everybody:
        return frozenset({row.for_everybody, Kind.NOT_THIS_WAY})
    let_in = row.get if verb == "get" else row.post
    if let_in is None:
        # Said before or after the door, it is the same for every thing.
        return frozenset({Kind.NOT_THIS_WAY}) | _outside(row, who)
    if who not in row.door:
        return _outside(row, who)
    if who in let_in:
        return frozenset({Kind.IN, Kind.REFUSED})
    return frozenset({Kind.REFUSED if who in row.may_know else Kind.NOTHING})


def _outside(row: Row, who: Who) -> frozenset[Kind]:
    if who in row.door:
        return frozenset()
    if row.address.startswith("/api/"):
        return frozenset({Kind.NO_TOKEN if row.door else Kind.NOTHING})
    return frozenset({Kind.SIGN_IN if who in OUTSIDE else Kind.NOTHING})


def _ask(scene: World, who: Who, verb: str, row: Row, things: Mapping[str, object]) -> Answer:
    address = row.address.format(**things)
    undone = transaction.atomic()
    # What a service wants to be outermost may stand inside this, as inside any test.
    undone._from_testcase = True  # type: ignore[attr-defined] # how Django's own test case marks its transaction
    with undone:
        answer = _sent(
            scene.client(who), verb, address, {k.format(**things): v.format(**things) for k, v in row.form.items()}
        )
        body = FRESH_EACH_TIME.sub("…", answer.getvalue().decode(errors="replace"))
        transaction.set_rollback(True)
    return Answer(_kind(answer.status_code, answer.headers.get("Location", "")), body)


def _sent(client: Client, verb: str, address: str, form: Mapping[str, str]) -> Any:
    if verb == "get":
        return client.get(address)
    if address.startswith("/api/"):
        key = {"Idempotency-Key": "a-key"}
        return client.post(address, json.dumps(form), content_type="application/json", headers=key)
    return client.post(address, form)


def _other(thing: object) -> object:
    return uuid4() if isinstance(thing, UUID) else thing


def _kind(status: int, leads_to: str) -> Kind:
    if leads_to == SIGN_IN:
        return Kind.SIGN_IN
    if status in KINDS:
        return KINDS[status]
    return Kind.IN if status < 400 else Kind.REFUSED
