"""Whoever answers for the service can list all that it keeps, without opening anything."""

import json

import pytest
from django.apps import apps
from typer.testing import CliRunner

from safeconduct.cli.inventory import tables
from safeconduct.cli.main import app
from tests.domains.cases.making import make_case, open_door
from tests.programme import Programme


def asked(*words: str) -> str:
    answer = CliRunner().invoke(app, ["privacy", "inventory", *words])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_every_table_stands_in_it_with_every_column_once(db: None) -> None:
    found = {each.name: each for each in tables()}
    models = [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]

    for model in models:
        each = found.pop(model._meta.label)
        assert sorted((*each.sealed, *each.clear)) == sorted(one.attname for one in model._meta.concrete_fields)
        assert each.privacy != "not said"
    assert found == {}


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_it_counts_rows_and_quotes_none(programme: Programme, words: tuple[str, ...]) -> None:
    open_door(programme)
    made = make_case(programme)

    said = asked(*words)

    assert made.receipt.number not in said
    assert "amina" not in said
    assert "cases.Report" in said


def test_as_data_it_says_what_is_sealed_and_how_long_what_closes_is_kept(programme: Programme) -> None:
    said = json.loads(asked("--json"))
    report = next(each for each in said["tables"] if each["name"] == "cases.Report")

    assert "sealed" in report["sealed"]
    assert "received_at" in report["clear"]
    assert report["rows"] == 0
    assert min(said["kept_days"].values()) >= 200
    assert said["demands_kept_days"] == max(said["kept_days"].values())
    assert programme
