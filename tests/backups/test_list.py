"""The list of backups: damaged it is never taken for none, and what cannot be seen just now is not forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.backups import made
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from tests.backups.making import back_up, make_cards

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


def listed(name: str, path: Path) -> made.Made:
    return made.Made(name, clock.now().date().isoformat(), str(path))


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '[{"id": "1"}]', '[{"id":"1","made_on":"soon","path":"x"}]'])
def test_a_damaged_list_is_never_taken_for_none_and_no_backup_overwrites_it(
    data_folder: Path, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    away, file = tmp_path_factory.mktemp("away") / "backup", data_folder / made.FILE
    cards = make_cards()
    file.write_text(text)

    with pytest.raises(Refused, match="damaged"):
        made.backups_made()
    with pytest.raises(Refused, match="damaged"):
        back_up(cards, away)

    assert file.read_text() == text
    assert not away.exists()


def test_a_backup_whose_disk_is_not_there_just_now_is_not_forgotten(data_folder: Path, tmp_path: Path) -> None:
    made.remember(listed("on a disk", tmp_path / "unmounted" / "backup"))
    made.remember(listed("the next", tmp_path / "next"))

    assert [each.id for each in made.backups_made()] == ["on a disk", "the next"]


def test_a_backup_that_is_gone_is_forgotten_some_time_after_its_day(data_folder: Path, tmp_path: Path) -> None:
    made.remember(listed("gone", tmp_path / "gone"))
    (tmp_path / "there").write_text("")
    made.remember(listed("there", tmp_path / "there"))
    later = clock.now() + made.LASTS + made.REMEMBERED + timedelta(days=1)

    with clock.use(lambda: later):
        made.remember(listed("new", tmp_path / "new"))

    assert [each.id for each in made.backups_made()] == ["there", "new"]
