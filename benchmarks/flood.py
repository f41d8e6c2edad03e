"""A thousand false reports of imminent danger within a minute, and a true one by a known partner in their midst."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from math import ceil
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection

from benchmarks.figures import Figure, Goal, nearly_all
from benchmarks.liars import FALSE, Liar, Outcome, pressed, walked
from benchmarks.onlookers import OFTEN_SECONDS, Seen, looking, queue_ms, rings, sign_in
from benchmarks.visitor import visiting
from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Report
from safeconduct.domains.partners import services as partners
from safeconduct.project.demonstration import memory
from safeconduct.project.demonstration.places import Places
from tests.stories.served import Served, demonstration

AT_ONCE = 16
WITHIN_SECONDS = 60
TRUE_AFTER_SECONDS = WITHIN_SECONDS / 2
CALM_LOOKS = 40
TRUE = {
    "reference": "HH-2041",
    "happened": ["T5"],
    "text": "Her brother was taken at the bridge an hour ago, and they know where she sleeps tonight.",
    "danger": "now",
    "language": "en",
}
RINGS_BESIDE = 2  # one in each minute of the clock while nobody answers, begun minutes included
SOON_SECONDS = 10
NEXT_MINUTE_SECONDS = 70


@dataclass
class Flood:
    """What was done, and when, by ``time.monotonic``."""

    before: int
    begun: float = 0.0
    spent: float = 0.0
    filed: float = 0.0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    seen: Seen = field(default_factory=Seen)
    rung: int = 0
    kept: int = 0


def measure(folder: Path) -> Iterator[Figure]:
    """Walk a thousand reports to their last button, press them all within a minute, and look on as Ines would."""
    with demonstration(folder):
        pass  # founds the programme
    token = _token(folder)
    with demonstration(folder) as served:
        liars = walked(served.address, FALSE, AT_ONCE)
        calm = _calm(served)
        flood = _flooded(served, liars, token)
    yield from _answered(flood)
    yield from _woken(flood)
    yield from _shown(flood, calm)


def _token(folder: Path) -> str:
    person = memory.recall(Places(folder / "data").people, "tomas")
    assert person is not None, "the demonstration's partner has a member"
    desk = accounts.session_from(memory.sign_in(person).cookie)
    assert isinstance(desk, Desk), "who signed in just now has a desk"
    text = partners.make_token("case system", by=desk).text
    connection.close()
    return text


def _calm(served: Served) -> float:
    with visiting(served.address) as ines:
        sign_in(ines)
        return nearly_all([queue_ms(ines)[0] for _ in range(CALM_LOOKS)])


def _flooded(served: Served, liars: Sequence[Liar], token: str) -> Flood:
    flood = Flood(Report.objects.count())
    true = threading.Thread(target=_file_the_true_one, args=(served.address, token, flood))
    with looking(served.address, flood.seen):
        flood.begun = time.monotonic()
        true.start()
        flood.outcomes.update(pressed(served.address, liars, AT_ONCE, WITHIN_SECONDS))
        flood.spent = time.monotonic() - flood.begun
        true.join()
        _wait_for_the_call(flood)
        flood.rung = rings()
    flood.kept = Report.objects.count() - flood.before - 1
    return flood


def _wait_for_the_call(flood: Flood) -> None:
    until = flood.filed + NEXT_MINUTE_SECONDS
    while flood.seen.true_rang is None and time.monotonic() < until:
        time.sleep(OFTEN_SECONDS)


def _file_the_true_one(address: str, token: str, flood: Flood) -> None:
    time.sleep(TRUE_AFTER_SECONDS)
    line = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": "true-1"}
    flood.filed = time.monotonic()
    line.request("POST", "/api/v1/reports", json.dumps(TRUE), headers)
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    if answer.status != 201:  # noqa: PLR2004 - filed, and not before
        raise SystemExit(f"The true report was answered {answer.status}.")
    flood.seen.case = Report.objects.get(pk=UUID(told["id"])).case_id
    connection.close()


def _answered(flood: Flood) -> Iterator[Figure]:
    lost = flood.outcomes[Outcome.LOST]
    yield Figure("false reports pressed", flood.outcomes.total(), "", flood.spent / WITHIN_SECONDS, "a minute")
    yield Figure("kept, their code shown", flood.outcomes[Outcome.KEPT], "")
    yield Figure("refused with a sentence", flood.outcomes[Outcome.REFUSED], "")
    yield Figure("neither", lost, "", goal=Goal.at_most(0, lost, ""))
    half = abs(flood.kept - flood.outcomes[Outcome.KEPT])
    yield Figure("kept without a code, or a code without one kept", half, "", goal=Goal.at_most(0, half, ""))


def _woken(flood: Flood) -> Iterator[Figure]:
    goal = Goal.at_most(ceil(flood.spent / WITHIN_SECONDS) + RINGS_BESIDE, flood.rung, "")
    yield Figure("calls to one person, none answered", flood.rung, "", goal=goal)
    first = _since(flood.begun, flood.seen.rang)
    yield Figure("until the first call", first, "s", goal=Goal.at_most(SOON_SECONDS, first, "s"))
    true = _since(flood.filed, flood.seen.true_rang)
    yield Figure("until a call for the true one too", true, "s", goal=Goal.at_most(NEXT_MINUTE_SECONDS, true, "s"))


def _shown(flood: Flood, calm: float) -> Iterator[Figure]:
    first = _since(flood.filed, flood.seen.true_first)
    goal = Goal.at_most(SOON_SECONDS, first, "s")
    yield Figure("until the true one is first in the queue", first, "s", goal=goal)
    slow = nearly_all(flood.seen.took_ms)
    yield Figure("the queue meanwhile, 95 of 100", slow, "ms", slow / calm, "calm")


def _since(begun: float, moment: float | None) -> float:
    """Return seconds, endless where it did not happen."""
    return moment - begun if moment is not None else float("inf")
