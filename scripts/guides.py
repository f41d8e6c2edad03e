"""Make the guides that are lists: every setting, every command. A test compares them with the code."""

import sys
from pathlib import Path
from typing import Any

import typer.main
from typer.core import TyperGroup

from safeconduct.cli.lazily import TOPICS
from safeconduct.cli.main import app
from safeconduct.project import command  # noqa: F401 - adds the commands that start the service
from safeconduct.project.options import OPTIONS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "guides"
CALLED = (
    "In a checkout, put `./run` in front of each: `./run safeconduct doctor`. Where the package was installed with "
    "pip, type it as it stands here."
)
MADE = "Made from the code by `python -m scripts.guides`."


def settings_guide() -> str:
    """Return the list of settings."""
    lines = [
        "# Settings",
        "",
        f"Each is an environment variable. {MADE}",
        "",
        "| variable | default | what it does |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{option.variable}` | {f'`{option.default}`' if option.default else 'empty'} | {option.help} |"
        for option in OPTIONS.values()
    ]
    return "\n".join([*lines, ""])


def commands_guide() -> str:
    """Return the list of commands, each with its arguments and options."""
    lines = ["# Commands", "", f"{CALLED} {MADE}", ""]
    own = typer.main.get_command(app)
    assert isinstance(own, TyperGroup)
    found = {topic.word: topic.command() for topic in TOPICS} | dict(own.commands)
    return "\n".join(
        lines + [line for word in sorted(found) for line in _described(found[word], f"safeconduct {word}")]
    )


def _described(found: Any, name: str) -> list[str]:  # noqa: ANN401 - Typer keeps the type of its commands to itself
    if isinstance(found, TyperGroup):
        return [line for key in sorted(found.commands) for line in _described(found.commands[key], f"{name} {key}")]
    shown = [each for each in found.params if each.name != "help"]
    words = [f"[{each.opts[-1]}]" if each.param_type_name == "option" else str(each.name).upper() for each in shown]
    helps = [f"- `{each.opts[-1]}`: {each.help}" for each in shown if getattr(each, "help", "")]
    text = " ".join((found.help or "").split())
    return [f"## `{' '.join([name, *words])}`", "", text, "", *helps, *([""] if helps else [])]


GUIDES = {"settings.md": settings_guide, "commands.md": commands_guide}


def main() -> int:
    """Write the guides."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, made in GUIDES.items():
        (FOLDER / name).write_text(made())
    return 0


if __name__ == "__main__":
    sys.exit(main())
