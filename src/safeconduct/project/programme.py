"""Serves a real programme: pages, API and rounds in one process, once nothing stands against it."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from safeconduct.domains.cases.rules.keeping import periods_from
from safeconduct.kernel.called import as_called
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.slate import slate
from safeconduct.project import kinds, serving
from safeconduct.project.options import OPTIONS, data_folder

# Both are written by the founding and by nothing else. Made anew they would open nobody's second factor, or trust
# no custodian, so a programme without them must not start as if nothing were missing.
KEY_FILES = ("second-factor.key", "custodians.json")
# In a flood of wrong log-ins three workers wait on purpose, and reporters need the others.
FEWEST_WORKERS = 8


def serve(*, host: str, port: int, jobs: bool = True) -> None:
    """Serve until asked to stop. What cannot be served whole is refused before anything is made or opened.

    Without ``jobs`` another process does the timed work, and there may be several of these.
    """
    check_workers()
    check_keeping()
    check_folder(data_folder())
    if not jobs:
        check_apart()
    serving.check_port(port, host)
    with serving.alone(data_folder()) if jobs else nullcontext():
        _set_up()
        _check_founded()
        _serve(host, port, jobs=jobs)


def work() -> None:
    """Do the timed work until asked to stop, as the one process that does it, beside others that serve pages."""
    check_folder(data_folder())
    check_apart()
    with serving.alone(data_folder()):
        _set_up()
        _check_founded()
        _work()


def check_apart() -> None:
    """Refuse several processes on SQLite, whose one file is opened by one service."""
    if not OPTIONS["DATABASE"].text():
        sentence = "Pages and jobs run apart on PostgreSQL alone. Set SAFECONDUCT_DATABASE, or run: safeconduct serve."
        raise Refused("serve.apart", sentence)


def check_workers() -> None:
    """Refuse so few workers that wrong log-ins, which wait on purpose, could hold up reporters."""
    if OPTIONS["WORKERS"].number() < FEWEST_WORKERS:
        raise Refused("serve.workers", f"Set SAFECONDUCT_WORKERS to {FEWEST_WORKERS} or more, or leave it unset.")


def check_keeping() -> None:
    """Refuse a setting of how long cases are kept that cannot be meant: the first page tells it to everyone."""
    periods_from(OPTIONS["KEEP"].text())


def check_folder(data: Path) -> None:
    """Refuse a demonstration, a folder in which no programme was founded, and one that has lost keys or database."""
    if OPTIONS["DEMONSTRATION"].truth():
        raise Refused("serve.demonstration", "This is set to be a demonstration. Use: safeconduct demonstrate.")
    if kinds.kind_of(data) == kinds.DEMONSTRATION:
        sentence = f"The folder {data} holds a demonstration, and its secrets are known. Choose another with --data."
        raise Refused("serve.demonstration-folder", sentence)
    missing = [name for name in KEY_FILES if not (data / "keys" / name).exists()]
    if missing == [*KEY_FILES]:
        raise _not_founded(data)
    if missing:
        sentence = f"Missing in {data / 'keys'}: {', '.join(missing)}. Put back the copy you keep apart from backups."
        raise Unavailable("serve.keys-missing", sentence)
    _check_database_file(data)


def _check_database_file(data: Path) -> None:
    """Refuse where the file is gone: SQLite would make an empty one, and the programme would seem never founded."""
    file = data / "safeconduct.sqlite3"
    if not OPTIONS["DATABASE"].text() and not file.exists():
        raise Unavailable("serve.database-missing", f"The database {file} is missing. Put back a backup of it.")


def _not_founded(data: Path) -> Refused:
    return Refused("serve.not-founded", f"There is no programme in {data} yet. Start one with: safeconduct init.")


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.project.settings")
    import django  # noqa: PLC0415 - Django reads the settings when it is set up, not before the checks above

    from safeconduct.project import logs  # noqa: PLC0415

    logs.set_up()
    django.setup()


def _check_founded() -> None:
    from safeconduct.accounts import queries as accounts  # noqa: PLC0415 - needs Django set up
    from safeconduct.project import schema  # noqa: PLC0415

    schema.bring_up_to_date(data_folder())
    if not accounts.is_founded():
        raise _not_founded(data_folder())


def _serve(host: str, port: int, *, jobs: bool) -> None:
    from django.conf import settings  # noqa: PLC0415 - needs Django set up

    from safeconduct.project import rounds, watching  # noqa: PLC0415
    from safeconduct.project.wsgi import application  # noqa: PLC0415

    _connect()
    workers = OPTIONS["WORKERS"].number()
    made = serving.server(application, host=host, port=port, threads=workers, behind_proxy=True)
    working = rounds.working() if jobs else nullcontext()
    with _counting(), serving.serving(made) as listening, working, watching.watched(data_folder()):
        names = ", ".join(settings.ALLOWED_HOSTS)
        said = f"Serving on http://{host}:{listening}, for your HTTPS proxy. Stop it with Ctrl-C. "
        _say(f"{said}It answers to {names} alone (SAFECONDUCT_HOSTS).")
        serving.wait_for_the_end()


def _counting() -> AbstractContextManager[object]:
    """Count strangers together with the other processes of this folder. On SQLite there is no other."""
    return slate.shared(data_folder()) if OPTIONS["DATABASE"].text() else nullcontext()


def _work() -> None:
    from safeconduct.project import rounds, watching  # noqa: PLC0415 - needs Django set up

    _connect()
    with rounds.working(), watching.watched(data_folder()):
        _say("Doing the timed work: calls, acts, clocks, the record. Stop it with Ctrl-C.")
        serving.wait_for_the_end()


def _connect() -> None:
    from safeconduct.project import helpdesk, platforms, providers  # noqa: PLC0415 - needs Django set up

    platforms.connect_configured(data_folder())
    for absent in platforms.absent_platforms(data_folder()):
        _say(as_called(f"Out of reach: {absent.platform}. {absent.fault.sentence} Everything else is served."))
    providers.connect_providers(data_folder())
    helpdesk.connect_helpdesk(data_folder())


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
