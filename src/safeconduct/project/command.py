"""The ``safeconduct`` command: everything in ``cli``, and the commands that start the service."""

import os
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.cli.main import app, run
from safeconduct.project.options import OPTIONS

PORT = 8000

Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The interface to listen on.")]


@app.command()
def demonstrate(
    port: Port = PORT,
    host: Host = "127.0.0.1",
    data: Annotated[Path | None, typer.Option(help="The folder to keep the demonstration in.")] = None,
) -> None:
    """Serve the demonstration on this machine: invented people, a simulated platform, a tour."""
    os.environ |= {OPTIONS["DEMONSTRATION"].variable: "yes", OPTIONS["HTTPS"].variable: "no"}
    if data:
        os.environ[OPTIONS["DATA"].variable] = str(data)
    # Imported late: Django's settings read the environment that was just set.
    from safeconduct.project.demonstration import start  # noqa: PLC0415

    start.demonstrate(host=host, port=port)


@app.command()
def serve(
    port: Port = PORT,
    host: Host = "127.0.0.1",
    *,
    without_jobs: Annotated[
        bool, typer.Option("--without-jobs", help="Another process does 'safeconduct jobs'.")
    ] = False,
) -> None:
    """Serve a real programme: pages, API and rounds in one process. Put your HTTPS proxy in front of it."""
    from safeconduct.project import programme  # noqa: PLC0415 - reads the settings

    programme.serve(host=host, port=port, jobs=not without_jobs)


@app.command()
def jobs() -> None:
    """Do the timed work of a programme on PostgreSQL, as the one process that does, beside others that serve pages."""
    from safeconduct.project import programme  # noqa: PLC0415 - reads the settings

    programme.work()


def main() -> None:
    """Run the command line."""
    run()
