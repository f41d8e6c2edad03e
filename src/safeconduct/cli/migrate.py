"""``safeconduct migrate``: gives the database the tables of this version."""

import typer
from django.core.management import call_command

from safeconduct.cli.columns import check_columns

app = typer.Typer(rich_markup_mode=None)


@app.command()
def migrate() -> None:
    """Give the database the tables of this version."""
    call_command("migrate", verbosity=0, interactive=False)
    check_columns()
    typer.echo("The database has the tables of this version.")
