"""A process that puts a team's new key into use, and is killed at chosen moments; run by ``test_kill_rekeying``.

Reports come in all the while. After each kill a new process looks whether everybody who ought to read a case does, and
whether the former key is there for as long as anything needs it. Prints one JSON line at the end.
"""

import hashlib
import json
import os
import secrets
import signal
import sys
import traceback
from typing import NoReturn

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import connections  # noqa: E402

from safeconduct.accounts import following, queries, services  # noqa: E402
from safeconduct.domains.cases import queries as cases  # noqa: E402
from safeconduct.domains.cases.models import Case  # noqa: E402
from safeconduct.domains.cases.services import intake, rewrapping  # noqa: E402
from safeconduct.domains.cases.values import ANONYMOUS, Answers  # noqa: E402
from safeconduct.vault import queries as vault  # noqa: E402
from tests.accounts.test_coming_and_going import forgotten_an_hour_later, sign  # noqa: E402
from tests.crash.victim import kill_at  # noqa: E402
from tests.domains.cases.making import make_programme  # noqa: E402
from tests.programme import LISBON, Programme  # noqa: E402

CASES = 6
LONGEST = 60_000  # calls and returns that a whole re-key takes, at least


def report() -> None:
    intake.file_report(
        Answers(text="They know where I live.", language="en"), nonce=secrets.token_bytes(32), by=ANONYMOUS
    )


def put_into_use(programme: Programme) -> None:
    """Do what ``teams rewrap`` does, with a report coming in between its batches."""
    desk = programme.desk("ines")
    while following.follow(desk):
        report()
    following.gather(desk)
    forgotten_an_hour_later()


def in_a_child(programme: Programme, chosen: int) -> bool:
    """Let a child do it until it is killed; return whether it came to its end."""
    pid = os.fork()
    if pid == 0:
        _live(programme, chosen)
    status = os.waitpid(pid, 0)[1]
    assert status in {0, signal.SIGKILL}, f"A child ended by itself, and wrongly: {status}."
    return status == 0


def _live(programme: Programme, chosen: int) -> NoReturn:
    try:
        kill_at(chosen)
        put_into_use(programme)
        sys.setprofile(None)
        connections.close_all()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever happens, a forked child must not go on with its parent's work
        traceback.print_exc()
        os._exit(1)


def unreadable(programme: Programme) -> list[str]:
    """Return the cases that somebody who ought to read them cannot read in full."""
    found = []
    for name in ("ines", "leyla", "idris"):
        desk = programme.desk(name)
        readable = {row.case_id for row in cases.queue_for(desk, limit=200)}
        found += [f"{name}: {case.number}" for case in Case.objects.all() if case.id not in readable]
        found += [f"{name}: {case}" for case in readable if len(cases.case_for(case, desk).reports) != 1]
    return found


def half_wrapped() -> list[str]:
    """Return the cases whose work file and conversation are not read by the same staff."""
    both = [(case, report) for case in Case.objects.all() for report in case.reports.all()]
    return [case.number for case, each in both if staff(case.work) != staff(each.conversation)]


def staff(envelope: object) -> set[object]:
    return {each for each in vault.recipients_of(envelope) if each.version != 8}  # type: ignore[arg-type, union-attr] # an id


def main(points: int) -> None:
    call_command("migrate", verbosity=0)
    programme = make_programme()
    for _ in range(CASES):
        report()
    rewrapping.AT_ONCE = 2
    seen: dict[str, list[str]] = {"unreadable": [], "half wrapped": []}
    ended = 0
    for point in range(points):
        services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
        sign(programme, programme.team_id(LISBON))
        connections.close_all()
        chosen = 1 + int.from_bytes(hashlib.sha256(f"rekey {point}".encode()).digest()[:4]) % LONGEST
        ended += in_a_child(programme, chosen)
        seen["unreadable"] += unreadable(programme)
        seen["half wrapped"] += half_wrapped()
    put_into_use(programme)
    left = queries.left_under_former_keys()
    print(json.dumps(seen | {"ended": ended, "left": left, "cases": Case.objects.count()}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(int(sys.argv[1]))
