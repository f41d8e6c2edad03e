"""Nothing lies in a style sheet, or among the templates, that no page draws."""

import re
from pathlib import Path

import pytest

from tests.stories.served import ROOT

SOURCE = ROOT / "src" / "safeconduct"
SHEETS = sorted((SOURCE / "web" / "static").rglob("*.css"))
DRAWN = "\n".join(each.read_text() for ending in ("html", "py", "js") for each in sorted(SOURCE.rglob(f"*.{ending}")))
# Put together from a word and a number.
SHADES = {f"s{number}" for number in range(4)}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_of_a_style_sheet_is_drawn_by_some_page(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheet.read_text(), flags=re.DOTALL)
    words = set(re.findall(r"[\w-]+", DRAWN))

    assert set(re.findall(r"\.([A-Za-z][\w-]*)", rules)) - words - SHADES == set()


def test_every_template_is_used_by_some_page() -> None:
    templates = [str(each).partition("/templates/")[2] for each in sorted(SOURCE.rglob("templates/**/*.html"))]

    # The steps of a report are named by their word.
    assert [name for name in templates if name not in DRAWN and not name.startswith("portal/step_")] == []
