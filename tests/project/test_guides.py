"""What the guides tell an operator to type works as written."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.cli.main import app, every_command
from safeconduct.project import command, platforms
from safeconduct.project.options import OPTIONS
from tests.stories.served import ROOT

pytestmark = pytest.mark.one_database
GUIDES = ("run-a-programme.md", "connect-your-platform.md", "partners.md", "sign-in.md", "helpdesk.md", "operate.md")


def text_of(name: str) -> str:
    return (ROOT / "docs" / "guides" / name).read_text()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_in_a_guide_exists(guide: str) -> None:
    known = {*every_command(), "safeconduct serve"}

    typed = re.findall(r"(?:\./run |^|`)(safeconduct [a-z-]+(?: [a-z-]+)?)", text_of(guide), re.MULTILINE)

    assert command.app is app
    assert [words for words in typed if words not in known and " ".join(words.split()[:2]) not in known] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_setting_in_a_guide_exists(guide: str) -> None:
    known = {option.variable for option in OPTIONS.values()}

    assert set(re.findall(r"SAFECONDUCT_[A-Z_]+", text_of(guide))) <= known


def test_the_tables_of_the_guide_connect_as_written(tmp_path: Path) -> None:
    made = CliRunner().invoke(app, ["connector", "make-key", str(tmp_path / "connector.pem")])
    (tmp_path / "keys").mkdir()
    (tmp_path / "connector.pem").rename(tmp_path / "keys" / "connector.pem")
    (tmp_path / "keys" / "square.pem").write_text(made.output)
    (tmp_path / "keys" / "matrix.token").write_text("a-token\n")
    tables = re.findall(r"```toml\n(.+?)```", text_of("connect-your-platform.md"), re.DOTALL)
    (tmp_path / "platforms.toml").write_text("\n".join(tables))

    named = platforms.named_platforms(tmp_path)

    assert [(each.platform, each.name) for each in named] == [("square", "Square"), ("matrix", "matrix.test")]
