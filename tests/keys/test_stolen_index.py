"""Of the index a thief reads nothing without the early-warning team's key; with it, which reports an entry is about."""

from pathlib import Path

import pytest

from safeconduct.domains.cases.services import indexing
from safeconduct.domains.early_warning import memory
from safeconduct.vault import cards
from tests.domains.cases.making import MadeCase, make_case, open_door
from tests.domains.early_warning.making import EARLY_WARNING, found_with_index, rotate, wake
from tests.keys.thief import Thief
from tests.programme import LEADS, Programme


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    made = found_with_index()
    open_door(made)
    return made


@pytest.fixture
def named(programme: Programme) -> MadeCase:
    case = make_case(programme)
    indexing.index_waiting(programme.desk("leyla"), wake(programme))
    memory.forget()
    return case


def read(thief: Thief, named: MadeCase) -> bool:
    entries = [plain for place, plain in thief.opened.items() if place.startswith("early_warning_indexentry.sealed")]
    return any(named.report_id.bytes in plain for plain in entries)


@pytest.mark.parametrize("name", ["idris", "chiara", "tomas"])
def test_nobody_outside_the_team_reads_an_entry(
    programme: Programme, named: MadeCase, name: str, data_folder: Path
) -> None:
    thief = Thief(data_folder).learn_everything_lying_about()
    thief.learn_passphrase(programme.founded.person(name).passphrase)

    assert not read(thief, named)


@pytest.mark.parametrize(("team", "reads"), [(EARLY_WARNING, True), (LEADS, False)])
@pytest.mark.parametrize("rotated", [False, True])
def test_the_team_s_cards_open_it_and_no_other_team_s(
    programme: Programme, named: MadeCase, team: str, *, reads: bool, rotated: bool, data_folder: Path
) -> None:
    if rotated:
        rotate(programme)
    printed = next(each for each in programme.founded.cards if each.team == team)

    assert read(Thief(data_folder).learn(cards.join(printed.cards[:2])), named) is reads
