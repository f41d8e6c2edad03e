"""Benches are made, begun and shown at the machine; their cards only to somebody who sits there."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.accounts import queries, services
from safeconduct.cli import benches, teams
from safeconduct.cli.main import app
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.accounts.test_benches import custodian
from tests.accounts.test_coming_and_going import join, sign
from tests.cli.conftest import Script
from tests.cli.test_members import typed
from tests.cli.test_teams import lines
from tests.programme import BENCH_A, Programme, found_with_benches


def shown() -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["benches", "show", "--json"])
    found: list[dict[str, object]] = json.loads(result.output)
    return found


def test_a_lead_makes_the_benches_and_begins_them_once_they_are_signed(programme: Programme) -> None:
    for name in ("yara", "joon"):
        join(programme, custodian(name))
    benches.make_at(Script(typed(programme, "leyla")), ["chiara", "yara"], ["kofi", "joon"])
    for one in queries.everyone():
        if one.sign_in_name in {"chiara", "yara", "kofi", "joon"}:
            sign(programme, one.id)
    services.begin_benches(by=programme.desk("leyla"))  # a code of an app works once
    for bench in queries.benches().values():
        sign(programme, bench.team_id)

    assert [(one["members"], one["sits"]) for one in shown()] == [(["chiara", "yara"], True), (["joon", "kofi"], True)]


def test_without_benches_it_says_that_only_pseudonyms_are_kept(programme: Programme) -> None:
    assert programme.founded.people

    assert "Pseudonyms only" in CliRunner().invoke(app, ["benches", "show"]).output


def test_whoever_is_no_lead_makes_no_benches(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        benches.make_at(Script(typed(programme, "ines")), ["chiara", "ines"], ["kofi", "leyla"])


@pytest.mark.usefixtures("db")
def test_a_benchs_cards_are_typed_by_somebody_who_sits_there(data_folder: Path) -> None:
    programme = found_with_benches()
    both = [*lines(programme, BENCH_A, 0), *lines(programme, BENCH_A, 2)]
    screen = Script([*typed(programme, "yara"), *both])
    assert data_folder.exists()

    teams.bring_back(screen, benches.name_of("a"))

    assert "The cards are right" in screen.shown[-1]
    with pytest.raises(Refused):
        teams.bring_back(Script([*typed(programme, "leyla"), *both]), benches.name_of("a"))
