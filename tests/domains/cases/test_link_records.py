"""The operator's helpdesk: told of each case once, and again as it changes; four things, and never a word of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.audit import queries as audit
from safeconduct.connectors import link_records
from safeconduct.connectors.link_records import LinkRecord
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.models import LinkRecord as Row
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services.link_records import tell_helpdesk
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from tests.domains.cases.making import make_case
from tests.programme import Programme
from tests.standing import Clock

TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PLANTED = "They know the name of my daughter's school."


@dataclass
class Desk:
    """A helpdesk that only remembers, and is away when told to be."""

    name: str = "kept"
    away: bool = False
    told: list[tuple[str, LinkRecord]] = field(default_factory=list)

    def file(self, record: LinkRecord) -> str:
        return self._tell("", record)

    def renew(self, reference: str, record: LinkRecord) -> None:
        self._tell(reference, record)

    def _tell(self, reference: str, record: LinkRecord) -> str:
        if self.away:
            raise Unavailable("helpdesk.away", "It is away.")
        self.told.append((reference, record))
        return "SAFE-24"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with link_records.registered(one := Desk()):
        yield one


def test_without_a_helpdesk_nothing_is_kept_for_one(programme: Programme) -> None:
    make_case(programme)

    assert tell_helpdesk() == 0
    assert not Row.objects.exists()


def test_a_case_is_told_once_with_four_things(programme: Programme, desk: Desk) -> None:
    made = make_case(programme, text=PLANTED)
    case = Case.objects.get(id=made.id)

    assert [tell_helpdesk(), tell_helpdesk()] == [1, 0]

    [(reference, record)] = desk.told
    assert (reference, record.number, record.severity) == ("", case.number, case.severity)
    assert record.address.endswith(f"/console/cases/{case.id}")
    assert record.due_at == case.due_at
    assert not any(word in record.text for word in (*PLANTED.split(), "juniper", "amina", "stranger", "ar"))


def test_what_changes_is_told_again_and_what_does_not_is_not(programme: Programme, desk: Desk) -> None:
    made = make_case(programme)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(severity="P0")
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(language="fr")
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(due_at=TUESDAY)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(due_at=None)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(stage=Stage.CLOSED.value)

    assert [tell_helpdesk(), tell_helpdesk()] == [1, 0]
    said = [(reference, record.severity, record.clock) for reference, record in desk.told[2:]]
    assert desk.told[1][1].severity == "P0"
    assert said == [("SAFE-24", "P0", each) for each in ("due 2026-12-01 09:30 UTC", "nothing is owed", "closed")]


def test_of_a_closed_case_no_clock_is_told(programme: Programme, desk: Desk) -> None:
    made = make_case(programme)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(stage=Stage.CLOSED.value)
    tell_helpdesk()

    assert (desk.told[0][1].due_at is None, desk.told[1][1].due_at) == (False, None)


def test_that_the_helpdesk_was_told_stands_in_the_record(programme: Programme, desk: Desk) -> None:
    made = make_case(programme)
    desk.away = True
    tell_helpdesk()
    before = [each.action for each in audit.entries_for(made.id)]
    desk.away = False
    Row.objects.update(next_at=clock.now())
    tell_helpdesk()

    after = [each.action for each in audit.entries_for(made.id)]
    assert ("case.helpdesk-told" in before, after[-1]) == (False, "case.helpdesk-told")


def test_a_case_that_is_told_closed_changes_no_more(programme: Programme, desk: Desk) -> None:
    made = make_case(programme)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(stage=Stage.CLOSED.value)
    tell_helpdesk()
    Case.objects.filter(id=made.id).update(severity="P3")

    assert tell_helpdesk() == 0


def test_a_helpdesk_that_is_away_is_asked_again_later_and_later(programme: Programme, desk: Desk, time: Clock) -> None:
    make_case(programme)
    desk.away = True
    tries = []
    for _ in range(160):
        before = Row.objects.values_list("tries", flat=True).first() or 0
        tell_helpdesk()
        tries.append(Row.objects.get().tries - before)
        time.move(timedelta(minutes=1))
    desk.away = False
    time.move(timedelta(hours=1))

    assert 3 <= sum(tries) <= 8
    assert Row.objects.get().next_at <= time.now + timedelta(hours=1)
    assert [tell_helpdesk(), len(desk.told), Row.objects.get().tries] == [1, 1, 0]


def test_a_case_closed_before_there_was_a_helpdesk_is_never_told(programme: Programme, desk: Desk) -> None:
    made = make_case(programme)
    Case.objects.filter(id=made.id).update(stage=Stage.CLOSED.value)

    assert tell_helpdesk() == 0
    assert not Row.objects.exists()
