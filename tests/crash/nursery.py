"""A warm process that serves a whole demonstration whenever it is asked to; run by ``test_kill_served``.

Each server is a forked child with everything a demonstration has: pages, API, rounds and the simulated platform. The
line ``serve`` makes one and says its process id and its address; ``look`` counts what lies in the database.
"""

import gc
import json
import os
import sys

from safeconduct.project.demonstration import places, start
from safeconduct.project.demonstration.places import Places
from safeconduct.project.options import data_folder
from safeconduct.project.serving import LOOPBACK

WHERE = Places(data_folder())
places.prepare_folder(WHERE)
start._set_up(WHERE)

from django.db import connections  # noqa: E402 - the folder and Django were just made
from django.test import Client  # noqa: E402

from safeconduct.audit.services import sequence_pending  # noqa: E402
from safeconduct.domains.cases.models import Report  # noqa: E402
from tests.crash.witness import half_made  # noqa: E402


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - read by the test


def serve() -> None:
    pid = os.fork()
    if pid == 0:
        start._serve(WHERE, host=LOOPBACK, port=0)
        os._exit(0)
    say(f"process {pid}")
    os.waitpid(pid, 0)
    say("ended")


def look() -> None:
    sequence_pending()
    say(json.dumps({"reports": Report.objects.count(), "half made": half_made()}))
    connections.close_all()


def main() -> None:
    # What a running server has read once, its children need not read again.
    Client(headers={"host": LOOPBACK}).post("/help", {"go": "report"})
    connections.close_all()
    gc.freeze()
    say("ready")
    for line in sys.stdin:
        {"serve": serve, "look": look}[line.strip()]()


if __name__ == "__main__":
    main()
