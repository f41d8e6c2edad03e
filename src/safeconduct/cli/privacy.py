"""``safeconduct privacy``: what is kept here about anybody, for whoever must answer for it."""

import json
import textwrap
from dataclasses import asdict
from itertools import chain
from typing import Annotated

import typer
from django.conf import settings

from safeconduct.cli.inventory import Table, tables
from safeconduct.cli.paper import COLUMNS, beside, count_of
from safeconduct.domains.cases.rules.keeping import BACKUPS_LAST, periods_from

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

LABELS = """\
Each table says its worst column: none (about the service alone), staff (members of staff
and of partners), pseudonym (ids and marks that lead to a person only for somebody who has
more than the database), sealed (what people wrote or whom it is about, under a key)."""


@app.callback()
def privacy() -> None:
    """Say what is kept here. Nothing is opened for it."""


@app.command()
def inventory(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """List every table and column: sealed or in clear, and how long what closes is kept."""
    found = [*tables()]
    typer.echo(_as_json(found) if as_json else _as_text(found))


def _as_text(found: list[Table]) -> str:
    sealed, clear = (sum(len(getattr(each, kind)) for each in found) for kind in ("sealed", "clear"))
    ending = f"{count_of(len(found), 'table', 'tables')}: {sealed} columns sealed, {clear} in clear."
    return "\n".join([LABELS, *map(_block, found), "", ending, *_kept()])


def _block(table: Table) -> str:
    title = f"\n{table.name}  ({table.privacy}; {count_of(table.rows, 'row', 'rows')})"
    lines = [beside(f"  {kind}", ", ".join(said)) for kind, said in _sides(table) if said]
    return "\n".join([title, *lines])


def _sides(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("sealed", table.sealed), ("in clear", table.clear)


def _kept() -> list[str]:
    periods = ", ".join(f"{outcome} {days} days" for outcome, days in _periods().items())
    sentence = f"A case is erased so long after it was closed, unless something keeps it longer: {periods}."
    demands = (
        f"A demand of an authority is erased {max(_periods().values())} days after it was answered, "
        "unless somebody still waits to be told of it; an unanswered one is kept."
    )
    backups = f"An erasure is complete when the last backup made before it is gone, at most {BACKUPS_LAST.days} days."
    return [*chain.from_iterable(textwrap.wrap(each, COLUMNS) for each in (sentence, demands, backups))]


def _periods() -> dict[str, int]:
    return {outcome.value: period.days for outcome, period in periods_from(settings.KEEP).items()}


def _as_json(found: list[Table]) -> str:
    periods = _periods()
    kept = {"kept_days": periods, "demands_kept_days": max(periods.values()), "backups_last_days": BACKUPS_LAST.days}
    return json.dumps({"tables": [asdict(each) for each in found]} | kept, indent=1)
