"""The map from requirements to code is true: each named package, page and test exists."""

import ast
import tomllib
from pathlib import Path

import pytest

from scripts import recommendations

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = recommendations.entries()


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_all_eighty_one_requirements_are_on_the_map() -> None:
    assert len(ENTRIES) == 81


@pytest.mark.parametrize("requirement", ENTRIES)
def test_every_claimed_requirement_names_tests_that_exist(requirement: str) -> None:
    entry = ENTRIES[requirement]

    for claim in entry.get("tests", []):
        file, name = claim.split("::")
        assert name in names_of_tests(ROOT / file), claim


@pytest.mark.parametrize("requirement", ENTRIES)
def test_nothing_is_called_shown_without_a_test_or_partly_without_saying_what_is_missing(requirement: str) -> None:
    entry = ENTRIES[requirement]

    assert entry["state"] in {"open", "partly", "shown"}
    assert (entry["state"] == "open") == (not entry.get("tests"))
    assert (entry["state"] == "partly") == bool(entry.get("missing"))


@pytest.mark.parametrize("requirement", [key for key, entry in ENTRIES.items() if entry["state"] != "open"])
def test_every_claimed_requirement_names_a_package_that_exists(requirement: str) -> None:
    assert (ROOT / "src" / "safeconduct" / str(ENTRIES[requirement]["package"])).is_dir()


def test_the_pages_made_from_the_map_are_up_to_date() -> None:
    stale = [path.name for path, text in recommendations.pages().items() if path.read_text() != text]

    assert stale == []


def test_the_map_is_readable_by_any_toml_reader() -> None:
    assert tomllib.loads((ROOT / "docs" / "recommendations" / "map.toml").read_text()) == ENTRIES
