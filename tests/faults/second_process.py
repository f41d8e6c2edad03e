"""A program for tests: what one of two service processes does on a shared database. Prints what came of it."""

import json
import os
import sys
from uuid import UUID


def main(cookie: str, nonce: str, cases: list[str]) -> None:
    import django  # noqa: PLC0415 - after the environment stands
    from django.conf import settings  # noqa: PLC0415

    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        settings.DATABASES["default"]["NAME"] = os.environ["SQLITE_FILE"]
    django.setup()
    from safeconduct.accounts import services as accounts  # noqa: PLC0415
    from safeconduct.accounts.values import Desk  # noqa: PLC0415
    from safeconduct.audit.services import sequence_pending  # noqa: PLC0415
    from safeconduct.domains.cases.services import escalation, intake, work  # noqa: PLC0415
    from safeconduct.domains.cases.values import ANONYMOUS  # noqa: PLC0415
    from safeconduct.kernel.errors import SafeconductError  # noqa: PLC0415
    from tests.domains.cases.making import ANSWERS  # noqa: PLC0415

    desk = accounts.session_from(cookie)
    if not isinstance(desk, Desk):
        raise SystemExit("The cookie opened nothing.")
    receipt = intake.file_report(ANSWERS, nonce=bytes.fromhex(nonce), by=ANONYMOUS)
    taken = []
    for case_id in cases:
        escalation.raise_due_rungs()
        try:
            work.take_case(UUID(case_id), desk)
            taken.append(case_id)
        except SafeconductError:
            pass
        escalation.send_waiting_pages()
        sequence_pending()
    print(json.dumps({"code": receipt.code.digits, "taken": taken}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
