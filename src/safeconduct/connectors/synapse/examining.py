"""What an operator's token can truly do on a homeserver, tried on an account of nobody and read back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from secrets import token_urlsafe

from safeconduct.connectors.port import UNDONE_BY, ActKind, ActOrder, ActRecord, Capabilities, Result
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.kernel.errors import Refused, SafeconductError, Unavailable
from safeconduct.kernel.ids import new_id

WORDS = "This is a test of a connection. Nothing happened to this account."
# Done for real and taken back at once; sessions of the trial account end for good.
TRIED = (ActKind.ACCOUNT_LOCK, ActKind.ACCOUNT_SUSPEND)
DONE_FOR_GOOD = (ActKind.SESSIONS_REVOKE, ActKind.NOTICE_SEND)
REHEARSED = (ActKind.CREDENTIALS_RESET, ActKind.ACCOUNT_DEACTIVATE)
ON_CONTENT = (ActKind.CONTENT_REMOVE, ActKind.CONTENT_DISABLE, ActKind.INTERACTION_RESTRICT)


class Mark(StrEnum):
    """How one ability stands."""

    SHOWN = "shown"
    REHEARSED = "rehearsed"
    NOT_TRIED = "not-tried"
    NOT_OFFERED = "not-offered"
    NOT_SO = "not-so"


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how it stands, and how that was seen."""

    what: str
    mark: Mark
    sentence: str


def check_account(connector: SynapseConnector, account: str) -> None:
    """Refuse an account that is not there, or that looks as if it were somebody's."""
    state = connector.account(account)
    if not state.exists:
        raise Refused("connect.account", "The homeserver knows no such account. Make one that belongs to nobody.")
    if state.locked or connector.is_own(account):
        sentence = "Things are tried on this account, so it must be unlocked and not the administrator's own."
        raise Refused("connect.account", sentence)


def examine(
    connector: SynapseConnector, account: str, *, for_real: bool, while_locked: Callable[[], object] = lambda: None
) -> Iterator[Row]:
    """Look at everything and give each row as it is made.

    Acts are done and taken back only ``for_real``; ``while_locked`` is called while the account is seen to be locked.
    """
    offered = connector.capabilities()
    yield from _reads(connector, account)
    tried = _tried if for_real else _rehearsed
    for act in (*TRIED, *DONE_FOR_GOOD):
        seen = while_locked if act is ActKind.ACCOUNT_LOCK else lambda: None
        yield _guarded(act, offered, partial(tried, connector, account, act, seen))
    for act in REHEARSED:
        yield _guarded(act, offered, partial(_rehearsed, connector, account, act))
    for act in ON_CONTENT:
        mark = Mark.NOT_TRIED if offered.can(act) else Mark.NOT_OFFERED
        yield Row(_name(act), mark, "Offered. It is read back whenever it is ordered." if offered.can(act) else NO)


NO = "Not offered on this homeserver."


def _reads(connector: SynapseConnector, account: str) -> Iterator[Row]:
    state = connector.account(account)
    yield Row("account and sessions", Mark.SHOWN, f"Read. Signed-in devices: {len(state.sessions or ())}.")
    evidence = connector.snapshot(account)
    yield Row("evidence", Mark.SHOWN, f"{len(evidence.content)} bytes, kept with their fingerprint.")
    flags = connector.flags("", limit=1)
    yield Row("flags", Mark.SHOWN, "Users' reports can be read." if flags.flags else "Readable; there are none yet.")


def _guarded(act: ActKind, offered: Capabilities, check: Callable[[], tuple[Mark, str]]) -> Row:
    if not offered.can(act):
        return Row(_name(act), Mark.NOT_OFFERED, NO)
    try:
        mark, sentence = check()
    except SafeconductError as fault:
        mark, sentence = Mark.NOT_SO, fault.sentence
    return Row(_name(act), mark, sentence)


def _tried(connector: SynapseConnector, account: str, act: ActKind, seen: Callable[[], object]) -> tuple[Mark, str]:
    record = connector.perform(_order(act, account))
    if record.result is not Result.DONE_AND_CHECKED:
        return Mark.NOT_SO, str(record.sentence)
    if act not in UNDONE_BY:
        return Mark.SHOWN, "Done and read back."
    try:
        seen()
    finally:
        back = connector.undo(_order(act, account))
    if back.result is not Result.DONE_AND_CHECKED:
        raise Unavailable("connect.stuck", f"Done, but not taken back: {back.sentence} Do it by hand.")
    return Mark.SHOWN, "Done, read back, taken back, and read back again."


def _rehearsed(
    connector: SynapseConnector, account: str, act: ActKind, _seen: Callable[[], object] | None = None
) -> tuple[Mark, str]:
    record: ActRecord = connector.perform(_order(act, account, dry_run=True))
    if record.result is Result.TRIAL:
        return Mark.REHEARSED, "Rehearsed up to the last call. Nothing was changed."
    return Mark.NOT_SO, str(record.sentence)


def _order(act: ActKind, account: str, *, dry_run: bool = False) -> ActOrder:
    words = {ActKind.NOTICE_SEND: WORDS, ActKind.CREDENTIALS_RESET: token_urlsafe(18)}.get(act, "")
    return ActOrder(act, account, new_id(), dry_run=dry_run, words=words, way_back="A trial account of nobody.")


def _name(act: ActKind) -> str:
    return f"{act.value} / {UNDONE_BY[act].value.partition('.')[2]}" if act in UNDONE_BY else act.value
