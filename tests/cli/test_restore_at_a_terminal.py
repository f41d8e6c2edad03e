"""A real programme is lost with its disk and comes back from a backup: founded, backed up and restored by typing."""

import json
import re
import shutil
from pathlib import Path

from tests.cli.test_teams_at_a_terminal import NUMBERED, in_lines
from tests.databases import own_database
from tests.stories.founded import RealProgramme, found
from tests.stories.keyboard import Keyboard

CARD = r"Card \d, words \d+ to \d+: $"


def test_a_lost_programme_comes_back_with_two_cards_and_the_ledger_on_either_database(tmp_path: Path) -> None:
    programme = RealProgramme(tmp_path / "data", settings={"SAFECONDUCT_LEDGER": str(tmp_path / "ledger")})
    found(programme)
    first, second, _ = make_cards(programme)
    told = json.loads(programme.command("backup", str(tmp_path / "backup"), "--json").stdout)
    shutil.rmtree(programme.data)

    with own_database() as database:
        # Made from SQLite; on the other kind of database it comes back all the same.
        programme.database = database.address
        lines = iter([*in_lines(first), *in_lines(second)])
        keyboard = Keyboard("restore", str(tmp_path / "backup"), env=programme.environment)
        code = keyboard.talk({CARD: lambda _: next(lines)})

        assert (code, f"{told['rows']:,} rows" in keyboard.shown) == (0, True), keyboard.shown
        assert "whatever was held since the backup is held no longer" in keyboard.shown
        assert json.loads(programme.command("audit", "verify", "--json").stdout)["sound"]
        assert "leyla" in programme.command("members", "list").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "data", "ledger"]


def make_cards(programme: RealProgramme) -> list[list[str]]:
    """Let Leyla make the cards, with Chiara who agrees; return what their keepers wrote down."""
    names = iter(("leyla", "chiara"))
    at = [""]

    def comes(_: str) -> str:
        at[0] = next(names)
        return at[0]

    keyboard = Keyboard("backup", "cards", env=programme.environment)
    code = keyboard.talk(
        {
            r"Your sign-in name: $": comes,
            r"Your six words(, to agree)?: $": lambda _: programme.people[at[0]].words,
            r"The six digits of your app: $": lambda _: programme.people[at[0]].code(),
            r"Enter[a-z ]*: $": lambda _: "",
        }
    )
    assert code == 0, keyboard.shown
    pages = re.split(r"Card \d of 3 of the backup set ", keyboard.shown)[1:]
    return [NUMBERED.findall(page) for page in pages]
