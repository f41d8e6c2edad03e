"""The index's key at the machine: rotated with a custodian, finished by running again, put to sleep at once."""

from collections.abc import Iterator

import pytest

from safeconduct.cli import index
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.early_warning import memory, services
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey
from safeconduct.domains.early_warning.queries import State, state_of_index
from safeconduct.domains.early_warning.services import rotating
from tests.cli.conftest import Script
from tests.cli.test_members import typed
from tests.domains.cases.making import make_case, open_door
from tests.domains.early_warning.making import found_with_index, wake
from tests.programme import Programme


@pytest.fixture
def programme(db: None, data_folder: object) -> Iterator[Programme]:
    memory.forget()
    made = found_with_index()
    open_door(made)
    make_case(made)
    indexing.index_waiting(made.desk("leyla"), wake(made))
    yield made
    memory.forget()


def with_custodian(programme: Programme) -> Script:
    words = programme.founded.person("chiara").passphrase
    return Script([*typed(programme, "leyla"), *typed(programme, "chiara"), words])


def test_somebody_of_the_team_and_a_custodian_give_it_a_new_key(programme: Programme) -> None:
    screen, kept = with_custodian(programme), IndexEntry.objects.count()

    index.carry_over(screen)

    assert screen.shown[-2:] == [f"{kept} entries carried, 0 to go.", index.FINISHED]
    assert {each.generation for each in IndexEntry.objects.all()} == {2}


def test_run_again_it_finishes_without_a_custodian(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "AT_ONCE", 0)
    index.carry_over(with_custodian(programme))
    monkeypatch.undo()
    assert state_of_index().to_carry == IndexEntry.objects.count()

    index.carry_over(Script(typed(programme, "ines")))

    assert (state_of_index().to_carry, IndexKey.objects.count()) == (0, 2)


def test_what_was_set_aside_is_rebuilt_at_the_machine_by_one_of_the_team(programme: Programme) -> None:
    kept = IndexEntry.objects.update(sealed=b"spoilt")
    services.sweep(lambda ids: ids)
    screen = Script(typed(programme, "leyla"))

    index.build_again(screen)

    assert screen.shown[-2:] == ["1 report put into the index, 0 to go.", index.REBUILT.format(waiting="0")]
    assert (IndexEntry.objects.count(), state_of_index().set_aside) == (kept, 0)


def test_where_a_key_is_gone_a_custodian_agrees_that_it_begins_anew(programme: Programme) -> None:
    kept, _ = IndexEntry.objects.count(), IndexKey.objects.all().delete()

    index.build_again(with_custodian(programme))

    assert (IndexEntry.objects.count(), state_of_index().missing) == (kept, ())


def test_it_is_put_to_sleep_at_once(programme: Programme, capsys: pytest.CaptureFixture[str]) -> None:
    index.sleep()

    assert state_of_index().state is State.ASLEEP
    assert "asleep" in capsys.readouterr().out
    assert programme
