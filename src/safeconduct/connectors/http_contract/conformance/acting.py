"""The acts: each one is ordered on the test account, read back and given twice; the undoing acts too."""

import time
from collections.abc import Callable, Iterator
from secrets import token_urlsafe
from uuid import uuid4

from safeconduct.connectors import wording
from safeconduct.connectors.http_contract.calls import order_body
from safeconduct.connectors.http_contract.conformance.rows import Mark, Part, Row
from safeconduct.connectors.http_contract.conformance.trial import Trial
from safeconduct.connectors.port import EFFECTS, ON_AN_ITEM, UNDONE_BY, ActKind, ActOrder, Result
from safeconduct.kernel.errors import SafeconductError

WORDS = "This is a test of a connection. Nothing happened to this account."
NOT_A_POST = frozenset({ActKind.SESSION_END, ActKind.INTERACTION_RESTRICT, ActKind.INTERACTION_REOPEN})
Outcome = tuple[Mark, str, float | None]


def check_acts(trial: Trial) -> Iterator[Row]:
    """Try every act, and leave the test account as it was."""
    for act in ActKind:
        yield checked(act.value, lambda act=act: _tried(trial, act))  # type: ignore[misc] # mypy: lambda defaults
    yield checked("dry-run", lambda: _dry_run(trial))
    trial.start_again()


def checked(name: str, check: Callable[[], Outcome]) -> Row:
    """Make one check; what the platform could not answer well is not so."""
    try:
        mark, sentence, seconds = check()
    except SafeconductError as fault:
        mark, sentence, seconds = Mark.NOT_SO, fault.sentence, None
    return Row(Part.ACTS, name, mark, sentence, seconds)


def order(trial: Trial, act: ActKind) -> ActOrder:
    """Return an order for the test account under a new key."""
    return ActOrder(
        act=act,
        handle=trial.account,
        key=uuid4(),
        item=trial.item if act in ON_AN_ITEM else "",
        words={ActKind.NOTICE_SEND: WORDS, ActKind.CREDENTIALS_RESET: token_urlsafe(18)}.get(act, ""),
        way_back="A test account of nobody." if act is ActKind.CREDENTIALS_RESET else "",
    )


def _tried(trial: Trial, act: ActKind) -> Outcome:
    if not trial.offers(act):
        return Mark.NOT_OFFERED, "The platform does not offer it.", None
    if act in ON_AN_ITEM and not trial.item:
        return Mark.NOT_SEEN, "Name a post of the test account to try it.", None
    if act in NOT_A_POST:
        return Mark.NOT_SEEN, "This test knows no device or place of the test account to try it on.", None
    trial.start_again()
    if _undoes(act) and trial.connector.undo(order(trial, act)).result is not Result.DONE_AND_CHECKED:
        return Mark.NOT_SEEN, f"It could not be tried, because {UNDONE_BY[act].value} is not done.", None
    outcome = _performed(trial, act)
    if act in UNDONE_BY and not _undoes(act):
        trial.connector.undo(order(trial, act))
    return outcome


def _undoes(act: ActKind) -> bool:
    return act is ActKind.CONTENT_RESTORE or (act in EFFECTS and EFFECTS[act][1] is False)


def _performed(trial: Trial, act: ActKind) -> Outcome:
    wanted, started = order(trial, act), time.monotonic()
    record = trial.connector.perform(wanted)
    seconds = round(time.monotonic() - started, 3)
    if record.sentence == wording.ALREADY:
        return Mark.NOT_SEEN, "The account was so before. Sign it in somewhere, or let it be rehearsed.", None
    if record.result is not Result.DONE_AND_CHECKED:
        return Mark.NOT_SO, str(record.sentence), seconds
    again = trial.ask("acts", order_body(wanted), answer="act-answer", key=str(wanted.key))
    if again["reference"] != record.platform_ref:
        return Mark.NOT_SO, "Done, but the same order given twice was done twice.", seconds
    way_back = f"Undone by {record.undo.value}." if record.undo else "It cannot be undone."
    return Mark.SHOWN, f"Done and read back. {way_back}", seconds


def _dry_run(trial: Trial) -> Outcome:
    act = next((act for act in ActKind if trial.offers(act) and act in EFFECTS), None)
    if act is None:
        return Mark.NOT_OFFERED, "The platform offers no act whose trial run could be seen.", None
    before = trial.connector.account(trial.account)
    body = order_body(order(trial, act)) | {"dry_run": True}
    trial.ask("acts", body, answer="act-answer", key=str(uuid4()))
    after = trial.connector.account(trial.account)
    if (before.facts, before.sessions, before.tokens) != (after.facts, after.sessions, after.tokens):
        return Mark.NOT_SO, f"A trial run of {act.value} changed the account.", None
    return Mark.SHOWN, "A trial run changes nothing.", None
