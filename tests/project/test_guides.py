"""What the guides tell an operator to type works as written."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from safeconduct.cli.lazily import TOPICS
from safeconduct.cli.main import app
from safeconduct.project import command, platforms
from safeconduct.project.options import OPTIONS
from tests.stories.served import ROOT

pytestmark = pytest.mark.one_database

assert command.app is app  # it adds the commands that start something
PAGES = sorted(
    str(each.relative_to(ROOT))
    for each in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md"))
)
GUIDES = ("run-a-programme.md", "connect-your-platform.md", "partners.md", "sign-in.md", "helpdesk.md", "operate.md")


def text_of(name: str) -> str:
    return (ROOT / "docs" / "guides" / name).read_text()


@cache
def commands() -> dict[str, Any]:
    """Return every command by its words, and each topic by its own."""
    found = dict(get_command(app).commands)  # type: ignore[attr-defined] # Typer keeps the type of its groups to itself
    for topic in TOPICS:
        found[topic.word] = made = topic.command()
        found |= {f"{topic.word} {name}": each for name, each in getattr(made, "commands", {}).items()}
    return found


def typed_in(text: str) -> list[list[str]]:
    """Return the words after ``safeconduct`` of each command that a page tells somebody to type."""
    blocks = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
    lines = "\n".join(blocks.findall(text.replace("\\\n", " ")))
    typed = re.findall(r"^ *(?:\./run )?safeconduct ([^\n#]+)", lines, re.MULTILINE)
    named = re.findall(r"`(?:\./run )?safeconduct ([^`]+)`", blocks.sub("", text))
    return [shlex.split(line) for line in typed + named if not line.startswith(("…", "--data"))]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_a_page_exists_and_takes_what_is_typed_after_it(page: str) -> None:
    known = commands()

    for words in typed_in((ROOT / page).read_text()):
        # A topic may be named alone; of all of them only ``backup`` takes a file where others take a second word.
        named = known.get(" ".join(words[:2])) or (known[words[0]] if words[0] == "backup" else None)
        if named is None:
            assert len(words) == 1 or not hasattr(known[words[0]], "commands"), words
            named = known[words[0]]
        takes = {option for each in named.params for option in each.opts}
        assert {each for each in words if each.startswith("--")} <= takes | {"--data"}, words


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
