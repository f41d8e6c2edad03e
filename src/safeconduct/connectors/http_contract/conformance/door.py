"""The door: whoever is not us, or repeats us, gets nothing."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeconduct.connectors import signatures
from safeconduct.connectors.http_contract.conformance.rows import Mark, Part, Row
from safeconduct.connectors.http_contract.conformance.trial import Trial
from safeconduct.connectors.http_contract.wire import JSON
from safeconduct.connectors.outside import Outside
from safeconduct.connectors.signatures import OurKey
from safeconduct.kernel.errors import Unavailable

_REFUSING = (401, 403)
_OLD = timedelta(hours=1)


def check_door(trial: Trial) -> Iterator[Row]:
    """Knock in every wrong way, and expect to be refused each time."""
    for name, sentence, knock in _KNOCKS:
        yield _row(trial, name, sentence, knock)


def _row(trial: Trial, name: str, sentence: str, knock: "Knock") -> Row:
    try:
        with trial.line.open() as outside:
            status = knock(trial, outside)
    except Unavailable as fault:
        return Row(Part.DOOR, name, Mark.NOT_SEEN, fault.sentence)
    if status in _REFUSING:
        return Row(Part.DOOR, name, Mark.SHOWN, sentence)
    wrong = f"{sentence.removesuffix(' is refused.')} was answered with {status}; it must be refused with 401."
    return Row(Part.DOOR, name, Mark.NOT_SO, wrong)


def _unsigned(trial: Trial, outside: Outside) -> int:
    return outside.send(_question(trial, outside)).status_code


def _stranger(trial: Trial, outside: Outside) -> int:
    request = _question(trial, outside)
    signatures.sign(request, key=OurKey(trial.line.our_key.id, Ed25519PrivateKey.generate()))
    return outside.send(request).status_code


def _altered(trial: Trial, outside: Outside) -> int:
    signed = _question(trial, outside)
    signatures.sign(signed, key=trial.line.our_key)
    other = _body({"handle": f"{trial.account}-altered"})
    request = outside.request("v1/account", other, headers=_headers(signed))
    return outside.send(request).status_code


def _elsewhere(trial: Trial, outside: Outside) -> int:
    signed = _question(trial, outside)
    signatures.sign(signed, key=trial.line.our_key)
    request = outside.request("v1/evidence", signed.content, headers=_headers(signed))
    return outside.send(request).status_code


def _old(trial: Trial, outside: Outside) -> int:
    request = _question(trial, outside)
    signatures.sign(request, key=trial.line.our_key, age=_OLD)
    return outside.send(request).status_code


def _replayed(trial: Trial, outside: Outside) -> int:
    request = _question(trial, outside)
    signatures.sign(request, key=trial.line.our_key)
    outside.send(request)
    return outside.send(request).status_code


def _key_not_covered(trial: Trial, outside: Outside) -> int:
    """Order with an idempotency key that somebody on the way could have exchanged. It is a dry run."""
    body = _body({"handle": trial.account, "act": "account.lock", "dry_run": True})
    request = outside.request("v1/acts", body, headers={"Content-Type": JSON, "Idempotency-Key": str(uuid4())})
    signatures.sign(request, key=trial.line.our_key)
    return outside.send(request).status_code


def _question(trial: Trial, outside: Outside) -> httpx.Request:
    return outside.request("v1/account", _body({"handle": trial.account}), headers={"Content-Type": JSON})


def _body(content: dict[str, object]) -> bytes:
    return json.dumps(content).encode()


def _headers(signed: httpx.Request) -> dict[str, str]:
    wanted = ("content-type", "content-digest", "signature", "signature-input")
    return {name: signed.headers[name] for name in wanted}


Knock = Callable[[Trial, Outside], int]
_KNOCKS: tuple[tuple[str, str, Knock], ...] = (
    ("unsigned", "A question without a signature is refused.", _unsigned),
    ("stranger", "A question signed with another key is refused.", _stranger),
    ("altered", "A question whose body was altered is refused.", _altered),
    ("elsewhere", "A question carried to another address is refused.", _elsewhere),
    ("old", "A question signed an hour ago is refused.", _old),
    ("replayed", "A question that was asked before is refused.", _replayed),
    ("key-covered", "An order whose key is not signed is refused.", _key_not_covered),
)
