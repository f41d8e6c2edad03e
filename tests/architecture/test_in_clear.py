"""The one list of what lies in clear is true: each table stands there with each column that is not sealed."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from safeconduct.cli.inventory import is_sealed

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]
ROW = re.compile(r"^\| (`\w+\.\w+`(?:, `\w+\.\w+`)*) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
# Bytes that only somebody's key opens; other bytes are public keys, marks, hashes and signatures.
SEALED = re.compile(r"sealed\w*|inner|wrapped_seed")


def listed() -> dict[frozenset[str], set[str]]:
    rows = ROW.findall((ROOT / "docs" / "concepts" / "keys.md").read_text())
    return {frozenset(re.findall(r"[\w.]+", tables)): set(re.findall(r"\w+", columns)) for tables, columns in rows}


def in_clear(model: type[Model]) -> set[str]:
    return {each.attname for each in model._meta.concrete_fields if not is_sealed(each)}


def test_every_column_in_clear_is_on_the_one_list_and_nothing_else_is() -> None:
    row_of = {table: row for row in listed() for table in row}
    found: dict[frozenset[str], set[str]] = defaultdict(set)

    for model in MODELS:
        found[row_of.get(model._meta.label, frozenset({model._meta.label}))] |= in_clear(model)

    assert dict(found) == listed()


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "THREAT_MODEL.md"])
def test_whoever_asks_what_lies_in_clear_is_led_to_the_list(document: str) -> None:
    heading = "## What lies in clear"

    assert heading in (ROOT / "docs" / "concepts" / "keys.md").read_text().splitlines()
    assert "docs/concepts/keys.md#what-lies-in-clear" in (ROOT / document).read_text()
