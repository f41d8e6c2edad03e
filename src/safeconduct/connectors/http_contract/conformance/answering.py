"""The answers: true to the schemas, and honest about what is not there."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from safeconduct.connectors.http_contract.conformance.rows import Mark, Part, Row
from safeconduct.connectors.http_contract.conformance.trial import UNKNOWN_HANDLE, Trial
from safeconduct.connectors.port import ActKind, ActOrder
from safeconduct.kernel.errors import Refused, SafeconductError


def check_answers(trial: Trial) -> Iterator[Row]:
    """Ask every question once, and a few that must be refused."""
    for name, check in _CHECKS:
        try:
            mark, sentence = check(trial)
        except SafeconductError as fault:
            mark, sentence = Mark.NOT_SO, fault.sentence
        yield Row(Part.ANSWERS, name, mark, sentence)


Outcome = tuple[Mark, str]


def _account(trial: Trial) -> Outcome:
    if not trial.connector.account(trial.account).exists:
        return Mark.NOT_SO, "The platform does not know the account that it is tested with."
    return Mark.SHOWN, "An account can be read."


def _unknown(trial: Trial) -> Outcome:
    if trial.connector.account(UNKNOWN_HANDLE).exists:
        return Mark.NOT_SO, "An account that nobody has is said to exist."
    return Mark.SHOWN, "An unknown account is said not to exist."


def _evidence(trial: Trial) -> Outcome:
    if not trial.declared["evidence"]:
        return Mark.NOT_OFFERED, "No evidence can be kept."
    snapshot = trial.connector.snapshot(trial.account)
    return Mark.SHOWN, f"Evidence has {len(snapshot.content)} bytes and matches its fingerprint."


def _whose(trial: Trial) -> Outcome:
    disables = ActKind.CONTENT_DISABLE if trial.offers(ActKind.CONTENT_DISABLE) else ActKind.CONTENT_REMOVE
    if not trial.offers(disables):
        return Mark.NOT_OFFERED, "No post can be taken down."
    if not trial.item:
        return Mark.NOT_SEEN, "Name a post of the test account to try it."
    seen = trial.connector.whose(ActOrder(disables, trial.account, uuid4(), item=trial.item))
    if seen is None:
        return Mark.NOT_SEEN, "It is not said who wrote a post, so nothing is ever taken down against an attack."
    if not seen.of_account:
        return Mark.NOT_SO, "The test account's own post is said to be another's."
    return Mark.SHOWN, "It is said who wrote a post."


def _cost(trial: Trial) -> Outcome:
    offered = [act for act in ActKind if trial.offers(act)]
    for act in offered:
        trial.connector.cost(act, trial.account)
    return Mark.SHOWN, f"The cost of each of {len(offered)} acts can be asked."


def _not_declared(trial: Trial) -> Outcome:
    missing = [act for act in ActKind if not trial.offers(act)]
    if not missing:
        return Mark.NOT_SEEN, "The platform declares every act, so none could be refused for want of it."
    body = {"handle": trial.account, "act": missing[0].value, "dry_run": True, "words": "Test.", "item": "test"}
    return _must_refuse(trial, body, "platform.not-supported", "An act that is not declared")


def _unknown_order(trial: Trial) -> Outcome:
    declared = next((act for act in ActKind if trial.offers(act)), None)
    if declared is None:
        return Mark.NOT_OFFERED, "The platform declares no act."
    body = {"handle": UNKNOWN_HANDLE, "act": declared.value, "dry_run": True, "words": "Test.", "item": "test"}
    return _must_refuse(trial, body, "platform.unknown-account", "An order for an unknown account")


def _must_refuse(trial: Trial, body: dict[str, Any], code: str, what: str) -> Outcome:
    try:
        trial.ask("acts", body, answer="act-answer", key=str(uuid4()))
    except Refused as fault:
        if fault.code == code:
            return Mark.SHOWN, f"{what} is refused."
        return Mark.NOT_SO, f"{what} is refused with {fault.code}; the contract says {code}."
    return Mark.NOT_SO, f"{what} was accepted."


_CHECKS: tuple[tuple[str, Callable[[Trial], Outcome]], ...] = (
    ("account", _account),
    ("unknown-account", _unknown),
    ("evidence", _evidence),
    ("whose", _whose),
    ("cost", _cost),
    ("not-declared", _not_declared),
    ("unknown-order", _unknown_order),
)
