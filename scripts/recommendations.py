"""Make the pages of ``docs/recommendations`` from ``map.toml``; with --check, say which page is out of date."""

import sys
import tomllib
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "recommendations"
NAMES = {
    "R1": "Commit to a policy that protects human rights defenders",
    "R2": "Identify the risks to defenders",
    "R3": "Exchange information with defenders, civil society and peers",
    "R4": "A plan with benchmarks",
    "R5": "Resources and staff",
    "R6": "Capacity for local contexts",
    "R7": "Safety tools and security education",
    "R8": "Channels to report incidents",
    "R9": "Access to remedy",
    "R10": "Public account and learning",
    "X": "What makes it safe to run",
}

Entry = dict[str, str | list[str]]


def entries() -> dict[str, Entry]:
    """Return the map: requirement id to title, package, state, where it is seen and the tests that show it."""
    loaded: dict[str, Entry] = tomllib.loads((FOLDER / "map.toml").read_text())
    return loaded


def recommendation_of(requirement: str) -> str:
    """Return ``R8`` for ``R8.3`` and ``X`` for ``X10``."""
    return "X" if requirement.startswith("X") else requirement.split(".", maxsplit=1)[0]


def page(recommendation: str, chosen: list[tuple[str, Entry]]) -> str:
    """Return one recommendation's page."""
    lines = [
        f"# {recommendation} · {NAMES[recommendation]}",
        "",
        "Made from `map.toml`. Change that, then run `python -m scripts.recommendations`.",
        "",
    ]
    for requirement, entry in chosen:
        lines += [
            f"## {requirement} · {entry['title']}",
            "",
            f"- Package: `{entry['package']}`",
            f"- State: {entry['state']}",
        ]
        if entry.get("seen"):
            lines.append(f"- Seen at: {entry['seen']}")
        if entry.get("missing"):
            lines.append(f"- Not there yet: {entry['missing']}")
        lines += [f"- Shown by: `{test}`" for test in entry.get("tests", [])]
        lines.append("")
    return "\n".join(lines)


def index(found: dict[str, Entry]) -> str:
    """Return the page that lists all requirements with their state."""
    lines = [
        "# The ten recommendations, and where they are kept",
        "",
        "| id | requirement | package | state |",
        "|---|---|---|---|",
    ]
    lines += [f"| {key} | {entry['title']} | `{entry['package']}` | {entry['state']} |" for key, entry in found.items()]
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    """Return every page's path and text."""
    found = entries()
    grouped = groupby(found.items(), key=lambda item: recommendation_of(item[0]))
    made = {FOLDER / f"{name}.md": page(name, list(chosen)) for name, chosen in grouped}
    return made | {FOLDER / "README.md": index(found)}


def main(arguments: list[str]) -> int:
    """Write the pages, or only compare them."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if "--check" in arguments:
        print("\n".join(f"{path.name} is out of date." for path in stale) or "All pages are up to date.")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
