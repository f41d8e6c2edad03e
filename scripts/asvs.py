"""Make ``docs/asvs.md`` from ``docs/asvs.toml``."""

import tomllib
from collections import Counter
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs"
SOURCE, PAGE = FOLDER / "asvs.toml", FOLDER / "asvs.md"
STATES = {
    "shown": "a test would fail if it were not so",
    "argued": "by how it is built",
    "not ours": "there is nothing here that it could be about",
    "open": "not kept, or not wholly",
}
CHAPTERS = (
    "Encoding and sanitisation",
    "Validation and business logic",
    "Web frontend",
    "API and web service",
    "Files",
    "Authentication",
    "Sessions",
    "Authorisation",
    "Self-contained tokens",
    "OAuth and OIDC",
    "Cryptography",
    "Communication",
    "Configuration",
    "Data",
    "Secure coding",
    "Logs and errors",
    "WebRTC",
)

Item = list[str]


def items() -> dict[str, Item]:
    """Return the list: number to state, sentence and tests."""
    loaded: dict[str, Item] = tomllib.loads(SOURCE.read_text())
    return loaded


def chapter_of(number: str) -> int:
    """Return 14 for ``V14.2.1``."""
    return int(number.removeprefix("V").partition(".")[0])


def page(listed: dict[str, Item]) -> str:
    """Return the page: how many are in each state, then every item by chapter."""
    counted = Counter(state for state, *_ in listed.values())
    lines = [
        "# OWASP ASVS 5.0.0, levels 1 and 2",
        "",
        "Each item of OWASP's Application Security Verification Standard, by its number, with what keeps it here.",
        "Made from `asvs.toml`: change that, then run `python -m scripts.asvs`.",
        "",
        "| state | items | it means |",
        "|---|---|---|",
        *(f"| {state} | {counted[state]} | {meaning} |" for state, meaning in STATES.items()),
        "",
    ]
    for chapter, numbers in groupby(listed, chapter_of):
        lines += [f"## V{chapter} · {CHAPTERS[chapter - 1]}", "", "| item | state | why | test |", "|---|---|---|---|"]
        lines += [_row(number, listed[number]) for number in numbers]
        lines.append("")
    return "\n".join(lines)


def _row(number: str, item: Item) -> str:
    state, why, *tests = item
    return f"| {number} | {state} | {why} | {'<br>'.join(f'`{test}`' for test in tests)} |"


if __name__ == "__main__":
    PAGE.write_text(page(items()))
