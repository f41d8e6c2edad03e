"""Backs up a small programme, once whole and then killed at seeded moments; run by ``test_kill_backup``."""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import connections  # noqa: E402

from safeconduct.backups import making  # noqa: E402
from tests.backups.making import back_up, make_cards, quietly  # noqa: E402
from tests.crash.victim import kill_at, seeded  # noqa: E402
from tests.domains.cases.making import make_case, make_programme  # noqa: E402

KILLS = 6


def main(file: Path) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    make_case(make_programme())
    printed = make_cards()
    back_up(printed, file)
    connections.close_all()
    whole = in_a_child(partial(making.back_up, file.with_name("counted"), progress=quietly), 0)
    for number in range(KILLS):
        moment = 1 + int.from_bytes(seeded("backup", number)[:8]) % whole
        in_a_child(partial(making.back_up, file.with_name(f"killed-{number}"), progress=quietly), moment)
    return {"cards": printed, "moments": whole}


def in_a_child(act: Callable[[], object], moment: int) -> int:
    """Do something in a forked child that is killed at a moment, if there is one; return how many there were."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        counted = kill_at(moment)
        act()
        sys.setprofile(None)
        os.write(writing, str(counted()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        count = told.read()
    os.waitpid(pid, 0)
    return int(count or 0)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201 - read by the test
