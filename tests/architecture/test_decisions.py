"""Each decision is found: numbers run without a gap, and the index and every reference lead to a page."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
REFERENCE = re.compile(r"(?:decisions/|decisions? )(\d{4})\b")


def test_numbers_run_without_a_gap_and_none_is_given_twice() -> None:
    assert [page.name[:4] for page in PAGES] == [f"{number:04}" for number in range(1, len(PAGES) + 1)]


def test_each_decision_stands_in_the_index_under_its_own_title() -> None:
    titles = [page.read_text().partition("\n")[0].removeprefix("# ").split(" · ", 1) for page in PAGES]
    lines = [f"- [{number}]({page.name}) · {title}" for page, (number, title) in zip(PAGES, titles, strict=True)]

    assert [line for line in (FOLDER / "README.md").read_text().splitlines() if line.startswith("- ")] == lines
    assert [number for number, _title in titles] == [page.name[:4] for page in PAGES]


def test_every_reference_leads_to_a_decision() -> None:
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py")]
    named = {number for path in written for number in REFERENCE.findall(path.read_text())}

    assert named
    assert named <= {page.name[:4] for page in PAGES}
