"""The index sleeps until somebody of the team comes in, and its key is in one process's memory and nowhere else."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.domains.early_warning import memory, queries, services
from safeconduct.domains.early_warning.checks import IndexAwake
from safeconduct.domains.early_warning.models import IndexKey, Waking
from safeconduct.domains.early_warning.queries import State
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from tests.domains.early_warning.making import wake
from tests.programme import Programme
from tests.programme import found as found_without
from tests.standing import Clock


def test_nobody_outside_the_team_wakes_it(programme: Programme) -> None:
    for name in ("idris", "chiara", "tomas"):
        assert services.wake(programme.desk(name)) == 0

    assert (queries.keys_awake(), IndexKey.objects.count()) == (None, 0)


def test_the_first_of_the_team_begins_it_and_the_next_opens_the_same_key(programme: Programme) -> None:
    first = wake(programme, "ines").tag("account", "", "amina", generation=1)
    memory.forget()

    again = wake(programme, "leyla").tag("account", "", "amina", generation=1)

    assert (first, IndexKey.objects.count()) == (again, 1)


def test_asleep_it_says_what_to_do_and_that_nothing_is_lost(programme: Programme) -> None:
    wake(programme)
    services.put_to_sleep(by=OPERATOR)

    with pytest.raises(Unavailable, match="Nothing is lost: it wakes when"):
        services.keys_for(programme.desk("idris"))
    assert "asleep" in IndexAwake().run().what


@pytest.mark.usefixtures("db", "data_folder")
def test_without_a_team_the_sentence_says_how_to_make_one() -> None:
    programme = found_without()

    with pytest.raises(Unavailable, match="makes a team of the kind early-warning"):
        services.keys_for(programme.desk("leyla"))
    assert queries.state_of_index().state is State.NONE


def test_it_falls_asleep_by_itself_after_half_a_day(programme: Programme, time: Clock) -> None:
    wake(programme)
    time.move(timedelta(hours=11))
    assert queries.keys_awake()

    time.move(timedelta(hours=2))

    assert queries.keys_awake() is None
    assert memory.held() is None
    assert queries.state_of_index().state is State.ASLEEP


def test_sleep_said_in_another_process_is_obeyed_at_the_next_look(programme: Programme) -> None:
    wake(programme)

    Waking.objects.all().delete()

    assert queries.keys_awake() is None
    assert memory.held() is None


def test_a_restart_puts_it_to_sleep_and_doctor_knows(programme: Programme) -> None:
    wake(programme)
    assert "awake in 1 process, " in IndexAwake().run().what
    memory.forget()

    services.nobody_awake()

    assert "asleep" in IndexAwake().run().what


def test_doctor_says_in_how_many_processes_it_is_awake(programme: Programme) -> None:
    wake(programme)
    Waking.objects.create(id=new_id(), until=clock.now() + timedelta(hours=1))

    said = IndexAwake().run().what

    assert "awake in 2 processes, where somebody of the team signed in, and asleep in any other" in said


def test_its_key_is_in_no_file(programme: Programme, data_folder: Path) -> None:
    keys = wake(programme)

    written = b"".join(each.read_bytes() for each in data_folder.rglob("*") if each.is_file())

    assert not any(key in written for key in keys._keys.values())
