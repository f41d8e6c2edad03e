"""Numbers that a table gives out go on after a restore, also where what waits for midnight stands below nought."""

from pathlib import Path

import pytest
from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.audit.models import Waiting
from safeconduct.backups import rows
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("others", [0, 2])
def test_what_waits_for_midnight_alone_stops_no_restore_and_numbers_go_on(data_folder: Path, others: int) -> None:
    with transaction.atomic():
        with audit.by_the_day():
            audit.record(OPERATOR, "test.told-by-the-day", new_id())
        for _ in range(others):
            audit.record(OPERATOR, "test.told-at-once", new_id())
    highest = max(Waiting.objects.values_list("number", flat=True))

    rows.continue_counting()
    with transaction.atomic():
        audit.record(OPERATOR, "test.after", new_id())

    assert Waiting.objects.get(action="test.after").number > max(highest, 0)
