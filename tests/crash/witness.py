"""A later process that looks at what the killed ones left; run by ``test_kill``. Prints one JSON line."""

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 - after django.setup()

from safeconduct.accounts import services as accounts  # noqa: E402
from safeconduct.accounts.values import WayIn  # noqa: E402
from safeconduct.audit import queries as audit  # noqa: E402
from safeconduct.audit.models import Entry  # noqa: E402
from safeconduct.audit.services import sequence_pending  # noqa: E402
from safeconduct.domains.cases.models import Case, Report, StoredFile  # noqa: E402
from safeconduct.domains.cases.papers import Told  # noqa: E402
from safeconduct.domains.cases.services import conversation  # noqa: E402
from safeconduct.domains.cases.services.deeds import open_report  # noqa: E402
from safeconduct.kernel.errors import SafeconductError  # noqa: E402
from safeconduct.vault.casecode import CaseCode  # noqa: E402
from safeconduct.vault.models import Envelope, Wrap  # noqa: E402
from safeconduct.vault.papers import sealed_files  # noqa: E402
from safeconduct.vault.streams import SealedReader  # noqa: E402
from tests.crash.victim import PICTURE, answers, seeded  # noqa: E402


def readable(code: CaseCode, number: int) -> bool:
    """Return whether the code opens the very words and the very picture that were filed."""
    try:
        entered = accounts.session_from(conversation.enter(code))
        assert isinstance(entered, WayIn)
        told = opened(entered)
        pictures = [SealedReader(file).everything() for file in sealed_files(told.files)]
    except SafeconductError:
        return False
    return told.answers.text == answers(number).text and pictures == [PICTURE + str(number).encode()]


@transaction.atomic
def opened(way_in: WayIn) -> Told:
    return open_report(way_in.holder_id, way_in.ring, why="look for what was filed").told


def reports_of(code: CaseCode) -> int:
    return Report.objects.filter(reporter=code.reporter.recipient_id).count()


def half_made() -> dict[str, int]:
    """Count what stands without the other half it is nothing without."""
    conversations = set(Report.objects.values_list("conversation", flat=True))
    return {
        "cases without a report": Case.objects.filter(reports__isnull=True).count(),
        "reports without an entry in the record": _without_entry(),
        "conversations without a report": _strays("conversation", conversations),
        "work files without a case": _strays("work", set(Case.objects.values_list("work", flat=True))),
        "envelopes nobody can open": Envelope.objects.exclude(id__in=Wrap.objects.values("envelope")).count(),
        "files that belong to nothing": StoredFile.objects.filter(draft__isnull=True, report__isnull=True).count(),
    }


def _strays(kind: str, named: set[object]) -> int:
    return len(set(Envelope.objects.filter(kind=kind).values_list("id", flat=True)) ^ named)


def _without_entry() -> int:
    told = set(Entry.objects.filter(action="report.received").values_list("subject", flat=True))
    return len(set(Report.objects.values_list("id", flat=True)) ^ told)


def main(points: int, seed: str) -> None:
    sequence_pending()
    codes = {number: CaseCode.from_nonce(seeded(seed, number)) for number in range(points)}
    found = {
        "reports": {code.digits: reports_of(code) for code in codes.values()},
        "readable": [code.digits for number, code in codes.items() if readable(code, number)],
        "half made": half_made(),
        "record holds": audit.verify().holds,
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
