"""The contract's own test: what a platform can truly do for a defender, read back. It runs on any server."""

import time
from collections.abc import Callable, Iterator

from safeconduct.connectors.http_contract.conformance.acting import check_acts
from safeconduct.connectors.http_contract.conformance.answering import check_answers
from safeconduct.connectors.http_contract.conformance.door import check_door
from safeconduct.connectors.http_contract.conformance.locks import check_locks
from safeconduct.connectors.http_contract.conformance.rows import Mark, Part, Report, Row
from safeconduct.connectors.http_contract.conformance.trial import Trial
from safeconduct.connectors.http_contract.wire import Line, ask
from safeconduct.kernel.errors import Refused

__all__ = ["Mark", "Part", "Report", "Row", "examine"]


def examine(
    line: Line,
    *,
    account: str = "",
    item: str = "",
    pause: Callable[[float], None] = time.sleep,
    heard: Callable[[Row], None] = lambda _: None,
) -> Report:
    """Run every check and return what was found; ``heard`` is told of each row as it is made.

    Acts are tried on an account that the platform declares as a test account, or on ``account`` if the operator names
    one. Raises ``Unavailable`` when the platform cannot even say what it can do.
    """
    trial = _begun(line, account, item, pause)
    rows = []
    for row in _checks(trial):
        heard(row)
        rows.append(row)
    return Report(line.base, trial.declared["name"], trial.account, tuple(rows))


def _begun(line: Line, account: str, item: str, pause: Callable[[float], None]) -> Trial:
    with line.open() as outside:
        declared = ask(line, outside, "capabilities", {}, answer="capabilities")
    chosen = account or next(iter(declared.get("test_accounts", ())), "")
    if not chosen:
        sentence = "The platform names no test account. Name one that belongs to nobody, with --account."
        raise Refused("conformance.account", sentence)
    own_item = declared.get("test_item", "") if chosen in declared.get("test_accounts", ()) else ""
    return Trial(line, declared, chosen, item or own_item, pause)


def _checks(trial: Trial) -> Iterator[Row]:
    yield from check_door(trial)
    yield from check_answers(trial)
    yield from check_acts(trial)
    yield from check_locks(trial)
