"""``safeconduct migrate``: gives the database the tables of this version."""

import typer
from django.core.management import call_command

app = typer.Typer(rich_markup_mode=None)


@app.command()
def migrate() -> None:
    """Give the database the tables of this version."""
    call_command("migrate", verbosity=0, interactive=False)
    typer.echo("The database has the tables of this version.")
