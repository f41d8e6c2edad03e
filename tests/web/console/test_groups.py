"""The queue's headings and its sentence of state."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from safeconduct.domains.cases.rules import OriginKind, Severity, Stage, Threat
from safeconduct.domains.cases.views import QueueRow
from safeconduct.kernel import clock
from safeconduct.web.console.groups import Due, grouped, state_of

NOW = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
CASE = UUID("9d7b8f3e-9a0f-4b7e-8a5c-111111111111")


@pytest.fixture(autouse=True)
def _at_twenty_past_two() -> Iterator[None]:
    with clock.use(lambda: NOW):
        yield


def row(due_in: timedelta | None, severity: Severity = Severity.P2) -> QueueRow:
    due_at = None if due_in is None else NOW + due_in
    return QueueRow(
        case_id=CASE,
        number="K7M-204",
        severity=severity,
        stage=Stage.NEW,
        due_at=due_at,
        due_kind="reply",
        late=due_at is not None and due_at < NOW,
        started_at=NOW - timedelta(hours=1),
        assignee_id=None,
        assignee="",
        language="ar",
        summary="home address posted",
        happened=(Threat.T5,),
        platform="juniper-square",
        country="",
        origin=OriginKind.ANONYMOUS,
        partner_name="",
        reports=1,
        asks_lock=False,
        outcome=None,
        restricted=False,
        group=None,
    )


def test_rows_stand_under_the_time_they_fall_due() -> None:
    rows = [
        row(timedelta(minutes=-5)),
        row(timedelta(hours=1)),
        row(timedelta(hours=5)),
        row(timedelta(days=3)),
        row(None),
    ]

    groups = grouped(rows, NOW)

    assert [(group.due, len(group.rows)) for group in groups] == [
        (Due.HOUR, 2),
        (Due.DAY, 1),
        (Due.LATER, 1),
        (Due.NOTHING, 1),
    ]


def test_inside_a_heading_the_order_of_urgency_is_kept() -> None:
    imminent, other = row(timedelta(minutes=50), Severity.P0), row(timedelta(minutes=5), Severity.P3)

    (group,) = grouped([imminent, other], NOW)

    assert group.rows == (imminent, other)


def test_an_empty_heading_is_not_shown() -> None:
    assert grouped([], NOW) == []


def test_the_sentence_says_what_presses_and_what_comes_next() -> None:
    state = state_of([row(timedelta(minutes=-5), Severity.P0), row(timedelta(minutes=14))], NOW)

    assert state.count == "2 cases."
    assert state.pressing == "1 imminent, 1 late."
    assert state.next_due == "The next promise falls due in 14 min."


def test_with_nothing_pressing_the_sentence_is_calm() -> None:
    state = state_of([], NOW)

    assert (state.count, state.pressing, state.next_due) == ("0 cases.", "None imminent, none late.", "")
