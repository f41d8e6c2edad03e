"""``safeconduct doctor``: looks at everything that can be wrong, says what is, and how to mend it. Changes nothing."""

import json
from collections.abc import Iterable
from typing import Annotated

import typer
from django.db import DatabaseError

from safeconduct.accounts.checks import CHECKS as ABOUT_PEOPLE
from safeconduct.cli.installation import BEFORE_ANYTHING
from safeconduct.cli.plain import plain
from safeconduct.kernel.called import as_called
from safeconduct.kernel.checks import Check, Diagnosis, registered
from safeconduct.kernel.errors import SafeconductError

SOMETHING_WRONG = 3

app = typer.Typer(rich_markup_mode=None)


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Say what is wrong and how to mend it. Exit code 3 when anything is."""
    found = examined()
    typer.echo(as_called(_as_json(found) if as_json else plain(_as_text(found))))
    if not all(diagnosis.well for _, diagnosis in found):
        raise typer.Exit(SOMETHING_WRONG)


def every_check() -> tuple[Check, ...]:
    """Return the checks in the order in which they make sense; of two with one name the registered one counts."""
    by_name = {check.name: check for check in (*BEFORE_ANYTHING, *ABOUT_PEOPLE, *registered())}
    return tuple(by_name.values())


def examined() -> list[tuple[Check, Diagnosis]]:
    """Run the checks; those that need a database are left out while it does not answer."""
    first = [(check, check.run()) for check in BEFORE_ANYTHING]
    if not first[-1][1].well:
        return first
    names = {check.name for check in BEFORE_ANYTHING}
    return first + [(check, look(check)) for check in every_check() if check.name not in names]


def look(check: Check) -> Diagnosis:
    """Run one check; what stops it from looking is a diagnosis too."""
    try:
        return check.run()
    except SafeconductError as fault:
        return Diagnosis("This could not be looked at.", fault.sentence)
    except DatabaseError as fault:
        return Diagnosis(
            "This could not be looked at.", f"The database refused ({type(fault).__name__}). See 'database'."
        )


def _as_text(found: Iterable[tuple[Check, Diagnosis]]) -> str:
    lines = []
    for check, diagnosis in found:
        lines.append(f"{'Well ' if diagnosis.well else 'Wrong'}  {check.name}: {diagnosis.what}")
        if not diagnosis.well:
            lines.append(f"       To mend: {diagnosis.mend}")
    wrong = sum(not diagnosis.well for _, diagnosis in found)
    lines.append("Nothing is wrong." if not wrong else f"{wrong} to mend. Nothing was changed.")
    return "\n".join(lines)


def _as_json(found: Iterable[tuple[Check, Diagnosis]]) -> str:
    rows = [{"check": check.name, "well": one.well, "what": one.what, "mend": one.mend} for check, one in found]
    return json.dumps({"well": all(row["well"] for row in rows), "checks": rows}, ensure_ascii=False, indent=1)
