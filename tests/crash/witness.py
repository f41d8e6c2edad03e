"""A later process that looks at what the killed ones left; run by ``test_kill``. Prints one JSON line."""

import json
import sys

import django

django.setup()

from safeconduct.accounts import services as accounts  # noqa: E402 - after django.setup()
from safeconduct.accounts.values import WayIn  # noqa: E402
from safeconduct.domains.cases import queries  # noqa: E402
from safeconduct.domains.cases.models import Case, Report  # noqa: E402
from safeconduct.domains.cases.services import conversation  # noqa: E402
from safeconduct.kernel.errors import NotAllowed  # noqa: E402
from safeconduct.vault.casecode import CaseCode  # noqa: E402
from tests.crash.victim import answers, seeded  # noqa: E402


def readable(code: CaseCode, number: int) -> bool:
    """Return whether the code opens the very words that were filed."""
    try:
        entered = accounts.session_from(conversation.enter(code).cookie)
    except NotAllowed:
        return False
    assert isinstance(entered, WayIn)
    told = queries.conversation_for(entered.holder_id, entered.ring)
    return answers(number).text in told.messages[0].text


def half_made() -> int:
    """Count cases without a report and reports without a case."""
    return Case.objects.filter(reports__isnull=True).count() + Report.objects.filter(case__isnull=True).count()


def main(points: int, seed: str) -> None:
    """Say of every code whether its report is there and how often."""
    found: dict[str, int] = {}
    for number in range(-1, points):
        code = CaseCode.from_nonce(seeded(seed, number))
        rows = Report.objects.filter(reporter=code.reporter.recipient_id).count()
        found[code.digits] = rows if rows and readable(code, number) else -rows
    json.dump(found | {"half-made": half_made()}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
