"""Whoever a restore could not put out again comes in only if each of them is typed by name."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from safeconduct.accounts.services.taken_away import NOBODY_LEADS, StillIn
from safeconduct.backups import parcels
from safeconduct.cli import restore
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault.keypairs import public_key

pytestmark = pytest.mark.one_database
LEFT = tuple(StillIn(UUID(int=at), name, "was put out", NOBODY_LEADS) for at, name in enumerate(("leyla", "kofi")))


@dataclass
class Typing:
    """A screen at which somebody types these lines."""

    lines: list[str]
    shown: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, question: str, *, default: str | None = None) -> str:
        del question, default
        return self.lines.pop(0)


@pytest.mark.parametrize(
    ("typed", "in_again"), [(["leyla", "kofi"], True), (["leyla", "no"], False), (["kofi", "leyla"], False)]
)
def test_each_is_shown_with_the_reason_and_typed_by_name(typed: list[str], *, in_again: bool) -> None:
    screen = Typing(typed)

    assert restore._confirmed(screen, LEFT) is in_again  # type: ignore[arg-type] # what is asked of a screen here

    assert f"  leyla was put out, but {NOBODY_LEADS}." in screen.shown


def test_a_ledger_that_is_not_there_is_said_before_any_card_is_typed(tmp_path: Path) -> None:
    head, _ = parcels.new_head(new_id(), public_key(b"v" * 32), "programme", ledger=new_id())

    with pytest.raises(Refused, match="There is no file"):
        restore._ledger(restore.Asked(tmp_path / "backup", ledger=tmp_path / "none"), head)
