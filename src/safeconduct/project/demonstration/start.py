"""Starts a demonstration: checks, founds it once, and serves it with its simulated platform in one process."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from safeconduct.project import serving
from safeconduct.project.demonstration import places
from safeconduct.project.demonstration.places import Places
from safeconduct.project.options import OPTIONS, data_folder


def demonstrate(*, host: str, port: int) -> None:
    """Serve until asked to stop. Whatever cannot be made whole is not begun, and what was begun is taken away again."""
    places.check_host(host)
    serving.check_port(port, host)
    where = Places(data_folder())
    before = where.present()
    with contextlib.ExitStack() as held:
        try:
            places.prepare_folder(where)
            held.enter_context(serving.alone(where.data))
            places.check_database(where)
            places.check_keys(where)
            _set_up(where)
        except BaseException:
            forget(where.present() - before)
            raise
        _serve(where, host=host, port=port)


def forget(made: Iterable[Path]) -> None:
    """Take away what a start that failed has made. What was there before is somebody's, and stays."""
    for path in made:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _set_up(where: Places) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.project.settings")
    os.environ.setdefault(OPTIONS["OPERATOR_NAME"].variable, "Juniper Square")
    from safeconduct.project import logs  # noqa: PLC0415 - Django's settings need the folder made above

    logs.set_up()
    import django  # noqa: PLC0415

    django.setup()
    from safeconduct.connectors import paging  # noqa: PLC0415
    from safeconduct.project import schema  # noqa: PLC0415
    from safeconduct.project.demonstration import founding  # noqa: PLC0415
    from safeconduct.project.demonstration.pager import PAGER  # noqa: PLC0415

    schema.bring_up_to_date(where.data)
    paging.register(PAGER)
    if not places.founded(where):
        founding.found(where)


def _serve(where: Places, *, host: str, port: int) -> None:
    import demoplatform  # noqa: PLC0415
    from safeconduct.project import rounds  # noqa: PLC0415
    from safeconduct.project.demonstration import platform  # noqa: PLC0415
    from safeconduct.project.wsgi import application  # noqa: PLC0415

    made = serving.server(application, host=host, port=port, threads=OPTIONS["WORKERS"].number())
    with platform.running(where), serving.serving(made) as listening, rounds.working():
        demoplatform.lead_back_to(f"http://{serving.LOOPBACK}:{listening}/tour/")
        _say(f"A demonstration is open at http://{serving.LOOPBACK}:{listening}/tour/ (stop it with Ctrl-C).")
        serving.wait_for_the_end()


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
