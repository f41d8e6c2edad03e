"""Make the guides that are lists: every setting, every command. A test compares them with the code."""

import sys
from pathlib import Path

import click
import typer.main

from safeconduct.cli.main import app
from safeconduct.project import command  # noqa: F401 - adds the commands that start the service
from safeconduct.project.options import OPTIONS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "guides"
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
    lines = ["# Commands", "", f"`./run safeconduct COMMAND` in a checkout. {MADE}", ""]
    return "\n".join(lines + _described(typer.main.get_command(app), "safeconduct"))


def _described(found: click.Command, name: str) -> list[str]:
    if isinstance(found, click.Group):
        return [line for key in sorted(found.commands) for line in _described(found.commands[key], f"{name} {key}")]
    words = [_usage(each) for each in found.params if each.name != "help"]
    lines = [f"## `{' '.join([name, *filter(None, words)])}`", "", (found.help or "").strip(), ""]
    helps = [
        (each.opts[-1], each.help)
        for each in found.params
        if isinstance(each, click.Option) and each.help and each.name != "help"
    ]
    return [*lines, *(f"- `{option}`: {text}" for option, text in helps), *([""] if helps else [])]


def _usage(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return f"[{parameter.opts[-1]}]"
    return (parameter.name or "").upper()


GUIDES = {"settings.md": settings_guide, "commands.md": commands_guide}


def main() -> int:
    """Write the guides."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, made in GUIDES.items():
        (FOLDER / name).write_text(made())
    return 0


if __name__ == "__main__":
    sys.exit(main())
