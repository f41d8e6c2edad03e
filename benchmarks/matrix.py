"""From the order to a lock that a real Matrix homeserver shows: evidence, lock and read-back by the connector."""

import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from benchmarks.figures import Figure, Goal, middle, nearly_all
from safeconduct.connectors.port import ActKind, ActOrder, Result
from safeconduct.connectors.synapse.connector import SynapseConnector
from tests.synapse.homeserver import Homeserver, SignedIn, installed, running
from tests.synapse.matrix import PASSWORD, connected

TIMES = 60
SECONDS = 5


def measure(folder: Path) -> Iterator[Figure]:
    """Lock and unlock one account again and again; each lock begins as a responder's order does, on a new line."""
    with running(installed(), folder) as homeserver:
        administrator = homeserver.register("trust-and-safety", PASSWORD, admin=True)
        amina = homeserver.register("amina", PASSWORD)
        connector = connected(homeserver, administrator.token)
        bare, locks = [], []
        for _turn in range(TIMES):
            bare.append(_bare(homeserver, administrator, amina))
            locks.append(_locked(connector, amina))
    usual, slow = middle(locks), nearly_all(locks)
    against = "the homeserver's own call alone"
    yield Figure(f"order to verified lock, median of {TIMES}", usual, "s", usual / middle(bare), against)
    kept = Goal.at_most(SECONDS, slow, "s")
    yield Figure("order to verified lock, 95th of 100", slow, "s", slow / nearly_all(bare), against, kept)


def _bare(homeserver: Homeserver, administrator: SignedIn, amina: SignedIn) -> float:
    path = f"_synapse/admin/v2/users/{amina.name}"
    begun = time.perf_counter()
    homeserver.ask("PUT", path, administrator.token, {"locked": True}).raise_for_status()
    took = time.perf_counter() - begun
    homeserver.ask("PUT", path, administrator.token, {"locked": False}).raise_for_status()
    return took


def _locked(connector: SynapseConnector, amina: SignedIn) -> float:
    order = ActOrder(ActKind.ACCOUNT_LOCK, amina.name, uuid4())
    begun = time.perf_counter()
    record = connector.perform(order)
    took = time.perf_counter() - begun
    if record.result is not Result.DONE_AND_CHECKED:
        raise SystemExit(f"The account was not locked: {record.sentence}")
    connector.undo(order)
    return took
