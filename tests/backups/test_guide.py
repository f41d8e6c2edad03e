"""What the guide to backups says is what a backup does."""

from pathlib import Path

import pytest

from safeconduct.backups.making import ACTING, BESIDE

pytestmark = pytest.mark.one_database
GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "backup.md"


@pytest.mark.parametrize("name", ACTING)
def test_the_guide_names_every_file_that_is_in_no_backup(name: str) -> None:
    absent = GUIDE.read_text("utf-8").partition("**What is not**")[2].partition("\n\n")[0]

    assert f"`{name}`" in absent


def test_the_guide_says_that_a_later_hold_is_gone_after_a_restore() -> None:
    afterwards = GUIDE.read_text("utf-8").partition("Afterwards:")[2].partition("\n\n")[0]

    assert "held since the backup is held no longer" in " ".join(afterwards.split())


def test_the_guide_names_every_settings_file_that_is_in_a_backup() -> None:
    present = GUIDE.read_text("utf-8").partition("**What is in it**")[2].partition("**What is not**")[0]

    assert [name for name in BESIDE if f"`{name}`" not in present] == []
