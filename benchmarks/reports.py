"""Reports a second through the served portal: calm, under 50 wrong log-ins a second, and beside none of HTTP."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from benchmarks.figures import Figure, Goal, middle, nearly_all
from benchmarks.processes import processor_seconds
from benchmarks.reporters import Ready, prepared, pressed, words
from benchmarks.strangers import A_SECOND
from safeconduct.domains.cases.rules import Danger, Threat, Want
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Answers
from tests.stories.served import ROOT, Served, demonstration

AS_GOOD_AS_CALM = 0.90
ROUNDS = 5
A_BLOCK = 40
AT_ONCE = 4
IN_PROCESS = 150
SETTLED_SECONDS = 2.0
WATCHED_SECONDS = 4.0


@dataclass
class Block:
    """Some reports pressed one after another by a few reporters at once."""

    a_second: float
    worked_ms: float
    took: list[float] = field(repr=False)


def measure(folder: Path) -> Iterator[Figure]:
    """Alternate calm and flooded blocks on one running service, so that a busy machine meets all of them."""
    with demonstration(folder) as served:
        ready = prepared(served.address, ROUNDS * A_BLOCK * 3, AT_ONCE)
        blocks: dict[str, list[Block]] = {"calm": [], "wrong": [], "phones": []}
        flooded: list[float] = []
        for _ in range(ROUNDS):
            blocks["calm"].append(_block(served, ready))
            with _strangers(served, flooded):
                blocks["wrong"].append(_block(served, ready))
            with _strangers(served, flooded, "--phones", str(served.people)):
                blocks["phones"].append(_block(served, ready))
        refusing = _refusing(served, flooded)
    alone = _in_process()
    yield from _calm(blocks["calm"], alone)
    yield _under("under wrong log-ins", blocks["wrong"], blocks["calm"])
    yield _under("under log-ins with a right second factor", blocks["phones"], blocks["calm"])
    report = middle([block.worked_ms for block in blocks["calm"]])
    yield Figure("work of the server's processor on a wrong log-in", refusing, "ms", refusing / report, "a report")
    yield Figure("wrong log-ins meanwhile", middle(flooded), "a second", middle(flooded) / A_SECOND, "sent on time")


def _block(served: Served, ready: list[Ready]) -> Block:
    reports = [ready.pop() for _ in range(A_BLOCK)]
    worked = processor_seconds(served.process.pid)
    spent, took = pressed(served.address, reports, AT_ONCE)
    worked = processor_seconds(served.process.pid) - worked
    return Block(A_BLOCK / spent, worked / A_BLOCK * 1000, took)


@contextmanager
def _strangers(served: Served, flooded: list[float], *more: str) -> Iterator[None]:
    program = [sys.executable, "-m", "benchmarks.strangers", served.address, *more]
    process = subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(SETTLED_SECONDS)
    try:
        yield
    finally:
        told, _ = process.communicate(timeout=60)
    flooded.append(json.loads(told)["a_second"])


def _refusing(served: Served, flooded: list[float]) -> float:
    """Return what one wrong log-in costs the server's processor while nobody reports, in milliseconds."""
    with _strangers(served, flooded):
        worked = processor_seconds(served.process.pid)
        time.sleep(WATCHED_SECONDS)
        worked = processor_seconds(served.process.pid) - worked
    return worked / (WATCHED_SECONDS * A_SECOND) * 1000


def _calm(blocks: list[Block], alone: float) -> Iterator[Figure]:
    rate = middle([block.a_second for block in blocks])
    waits = [seconds for block in blocks for seconds in block.took]
    yield Figure("full reports, calm", rate, "a second", rate / alone, "intake.file_report in process")
    yield Figure("intake.file_report in process", alone, "a second")
    yield Figure("95 of 100 codes are shown within", nearly_all(waits) * 1000, "ms")
    yield Figure("work of the server's processor on a report", middle([block.worked_ms for block in blocks]), "ms")


def _under(what: str, blocks: list[Block], calm: list[Block]) -> Figure:
    ratio = middle([one.a_second / other.a_second for one, other in zip(blocks, calm, strict=True)])
    goal = Goal.at_least(AS_GOOD_AS_CALM, ratio, "of calm")
    return Figure(what, middle([block.a_second for block in blocks]), "a second", ratio, "calm", goal)


def _in_process() -> float:
    told = [_answers() for _ in range(IN_PROCESS)]
    begun = time.perf_counter()
    for answers in told:
        intake.file_report(answers, nonce=secrets.token_bytes(32), by=ANONYMOUS)
    spent = time.perf_counter() - begun
    connection.close()
    return IN_PROCESS / spent


def _answers() -> Answers:
    return Answers(
        happened=(Threat.T5,),
        text=words(),
        danger=Danger.TODAY,
        who_in_danger="two of us",
        accounts=(
            AccountNamed("juniper-square", "amina", mine=True),
            AccountNamed("juniper-square", "patriot.eye.01", mine=False),
        ),
        wants=(Want.SECURE,),
        country="BR",
    )
