"""What processes of one data folder count together: in memory alone, for themselves alone, as long as it counts."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.domains.cases.challenges import Question
from safeconduct.domains.cases.door import FLOOD_FROM, FROM_ONE_PLACE_AN_HOUR, Door, Lane
from safeconduct.kernel import clock
from safeconduct.kernel import slate as slates
from safeconduct.kernel.slate import Slate, place_for
from tests.standing import Clock, time

__all__ = ["time"]

pytestmark = pytest.mark.one_database
ADDRESS = "203.0.113.7"
HOUR = timedelta(hours=1)
RIGHT = {Question.ADD: sum, Question.LARGEST: max, Question.SMALLEST: min}


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for the machine's memory, so that no test leaves anything there."""
    place = tmp_path / "memory"
    place.mkdir()
    monkeypatch.setattr(slates, "MEMORY", place)
    return place


@pytest.fixture
def two(memory: Path, tmp_path: Path) -> Iterator[tuple[Slate, Slate]]:
    """Give what two processes of one data folder have."""
    one, other = Slate(), Slate()
    with one.shared(tmp_path) as well, other.shared(tmp_path) as also:
        assert (well, also) == (True, True)
        yield one, other


def test_a_stranger_has_no_more_room_at_two_processes_than_at_one(two: tuple[Slate, Slate], time: Clock) -> None:
    doors = [Door(each) for each in two]

    asked = [doors[number % 2].knock(Lane.ANONYMOUS, ADDRESS).challenge for number in range(FROM_ONE_PLACE_AN_HOUR + 1)]

    assert [each is None for each in asked] == [True] * FROM_ONE_PLACE_AN_HOUR + [False]


def test_a_flood_at_one_process_is_one_at_the_other_and_so_is_what_a_lead_says(
    two: tuple[Slate, Slate], time: Clock
) -> None:
    here, there = (Door(each) for each in two)
    for _ in range(FLOOD_FROM):
        here.arrived()
    noticed = there.flooding()
    there.set_flood(False)

    assert (noticed, here.flooding()) == (True, False)


def test_a_question_of_one_process_is_answered_at_the_other_and_once(two: tuple[Slate, Slate], time: Clock) -> None:
    here, there = (Door(each) for each in two)
    here.set_flood(True)
    asked = here.knock(Lane.ANONYMOUS, ADDRESS).challenge
    assert asked is not None
    answer = str(RIGHT[asked.kind](asked.numbers))

    assert there.answered(asked.token, answer)
    assert not here.answered(asked.token, answer)


COUNTING = """
import sys
from datetime import timedelta
from pathlib import Path
from safeconduct.kernel import clock, slate as slates
slates.MEMORY = Path(sys.argv[2])
mine = slates.Slate()
with mine.shared(Path(sys.argv[1])):
    for _ in range(200):
        mine.count("together", b"one", ends=clock.now() + timedelta(hours=1))
"""


def test_processes_that_count_at_once_lose_nothing(memory: Path, tmp_path: Path) -> None:
    ours = Slate()
    with ours.shared(tmp_path):
        program = [sys.executable, "-c", COUNTING, str(tmp_path), str(memory)]
        others = [subprocess.Popen(program, env={"PYTHONPATH": os.pathsep.join(sys.path)}) for _ in range(2)]
        ended = [each.wait(60) for each in others]

        assert ended == [0, 0]
        assert ours.count("together", b"one", ends=clock.now() + HOUR) == 401


def test_it_goes_with_whoever_leaves_last(memory: Path, tmp_path: Path, time: Clock) -> None:
    one, other = Slate(), Slate()
    with one.shared(tmp_path), other.shared(tmp_path):
        one.count("together", b"one", ends=time.now + HOUR)

    assert [path for path in memory.rglob("*") if path.is_file() and path.stat().st_size] == []
    assert one.count("together", b"one", ends=time.now + HOUR) == 1


def test_nobody_else_on_the_machine_reads_it(memory: Path, tmp_path: Path) -> None:
    where = place_for(tmp_path)
    assert where is not None
    private = stat.S_IMODE(where.stat().st_mode)
    where.chmod(0o755)

    assert private == 0o700
    assert place_for(tmp_path) is None


def test_a_place_that_another_made_is_not_used(memory: Path, tmp_path: Path) -> None:
    where = place_for(tmp_path)
    assert where is not None
    where.rmdir()
    where.symlink_to(tmp_path)

    with Slate().shared(tmp_path) as well:
        assert not well


def test_what_has_ended_is_gone_and_written_over(memory: Path, tmp_path: Path, time: Clock) -> None:
    ours = Slate()
    with ours.shared(tmp_path):
        ours.say("said", b"a telling mark", ends=time.now + HOUR)
        time.move(2 * HOUR)
        ours.total("said")

        kept = b"".join(path.read_bytes() for path in memory.rglob("*") if path.is_file())
    assert b"a telling mark" not in kept


def test_a_slate_that_breaks_stops_no_door(memory: Path, tmp_path: Path, time: Clock) -> None:
    ours = Slate()
    with ours.shared(tmp_path):
        place = place_for(tmp_path)
        assert place is not None
        (place / "slate").write_bytes(os.urandom(8192))

        assert ours.count("together", b"one", ends=time.now + HOUR) == 1
        assert ours.count("together", b"one", ends=time.now + HOUR) == 2


def test_a_full_room_takes_no_new_mark_and_counts_the_old(time: Clock) -> None:
    ours, ends = Slate(), time.now + HOUR
    for mark in (b"1", b"2"):
        ours.count("small", mark, ends=ends, most=2)

    assert ours.count("small", b"3", ends=ends, most=2) > 1_000_000
    assert ours.count("small", b"2", ends=ends, most=2) == 2
    assert sqlite3.sqlite_version_info >= (3, 24)


def test_what_serves_once_is_never_refused_for_want_of_room_and_the_oldest_is_forgotten(time: Clock) -> None:
    ours = Slate()
    made = [ours.once("once", bytes([each]), ends=time.now + (each + 1) * HOUR, most=2) for each in range(4)]

    assert made == [True] * 4
    assert sorted(ours.marks("once")) == [bytes([2]), bytes([3])]
    assert not ours.once("once", bytes([3]), ends=time.now + HOUR, most=2)


def test_a_mark_taken_back_can_be_made_again(time: Clock) -> None:
    ours, ends = Slate(), time.now + HOUR
    ours.once("once", b"1", ends=ends)
    ours.forget("once", b"1")

    assert ours.once("once", b"1", ends=ends)
