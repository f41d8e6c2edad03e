"""Serves a real programme: pages, API and rounds in one process, once nothing stands against it."""

import os
import sys

from safeconduct.kernel.errors import Refused
from safeconduct.project import serving
from safeconduct.project.options import OPTIONS, data_folder


def serve(*, host: str, port: int) -> None:
    """Serve until asked to stop. A folder without a programme, or with a demonstration in it, is refused."""
    if OPTIONS["DEMONSTRATION"].truth():
        raise Refused("serve.demonstration", "This is set to be a demonstration. Use: safeconduct demonstrate.")
    serving.check_port(port, host)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.project.settings")
    import django  # noqa: PLC0415 - Django reads the settings when it is set up, not before the checks above

    django.setup()
    _check_founded()
    _serve(host, port)


def _check_founded() -> None:
    from safeconduct.accounts import queries as accounts  # noqa: PLC0415 - needs Django set up
    from safeconduct.project import schema  # noqa: PLC0415

    schema.bring_up_to_date(data_folder())
    if not accounts.is_founded():
        raise Refused("serve.not-founded", "There is no programme here yet. Start one with: safeconduct init.")


def _serve(host: str, port: int) -> None:
    from safeconduct.jobs.runner import Runner  # noqa: PLC0415 - needs Django set up
    from safeconduct.project import platforms, wiring  # noqa: PLC0415
    from safeconduct.project.wsgi import application  # noqa: PLC0415

    platforms.connect_configured(data_folder())
    runner = Runner(wiring.rounds())
    made = serving.server(application, host=host, port=port, threads=int(OPTIONS["WORKERS"].text()))
    with serving.serving(made) as listening:
        wiring.begin_work()
        runner.start()
        sys.stdout.write(f"Serving on {host}, port {listening}. Stop it with Ctrl-C.\n")
        sys.stdout.flush()
        serving.wait_for_the_end()
        runner.stop()
