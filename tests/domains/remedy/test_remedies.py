"""What was promised to a reporter, until it is delivered; and where else to turn."""

import json
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.remedy import operator, queries, services
from safeconduct.domains.remedy.checks import RemediesDelivered
from safeconduct.domains.remedy.rules import EVERY_DAY, Lane, Remedy, Week, due
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import make_case
from tests.domains.remedy.making import make_decided
from tests.programme import Programme
from tests.standing import Clock


def test_a_reporter_reads_what_is_promised_by_when_and_what_shows_it(programme: Programme, time: Clock) -> None:
    made = make_decided(programme)
    desk = programme.desk("ines")
    words, key = "Your three posts come back.", new_id()
    promised = services.promise(made.id, made.report_id, Remedy.RESTORE, words, desk, key=key)
    before = queries.remedies_for(made.report_id, made.ring)[0]
    time.move(timedelta(days=2))

    services.deliver(made.id, promised, "All three can be seen again, read back at 10:02.", desk)

    after = queries.remedies_for(made.report_id, made.ring)[0]
    assert (before.delivered, before.due_on - before.promised_on) == (None, timedelta(days=7))
    assert after.delivered is not None
    assert (after.delivered.proof, after.late) == ("All three can be seen again, read back at 10:02.", False)


@pytest.mark.parametrize("kind", list(Remedy))
def test_every_remedy_of_the_catalogue_can_be_promised(programme: Programme, kind: Remedy) -> None:
    made = make_decided(programme)

    services.promise(made.id, made.report_id, kind, "So it is.", programme.desk("ines"), key=new_id())

    assert [one.promised.kind for one in queries.remedies_for(made.report_id, made.ring)] == [kind]


def test_the_same_form_sent_twice_is_one_promise_and_a_key_serves_one_report(programme: Programme) -> None:
    made, other = make_decided(programme), make_decided(programme)
    desk, key = programme.desk("ines"), new_id()

    for _ in range(2):
        services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", desk, key=key)
    with pytest.raises(NotAllowed):
        services.promise(other.id, other.report_id, Remedy.EXPLAIN, "A letter.", desk, key=key)

    assert [one.id for one in queries.remedies_for(made.report_id, made.ring)] == [key]


def test_nothing_counts_as_delivered_without_proof_and_nothing_twice(programme: Programme) -> None:
    made = make_decided(programme)
    desk = programme.desk("ines")
    promised = services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", desk, key=new_id())

    with pytest.raises(Refused):
        services.deliver(made.id, promised, "  ", desk)
    services.deliver(made.id, promised, "Sent on Monday.", desk)
    with pytest.raises(Refused):
        services.deliver(made.id, promised, "Sent on Tuesday.", desk)


def test_a_promise_past_its_day_is_seen_by_doctor(programme: Programme, time: Clock) -> None:
    made = make_decided(programme)
    services.promise(made.id, made.report_id, Remedy.APOLOGISE, "An apology.", programme.desk("ines"), key=new_id())
    assert RemediesDelivered().run().well

    time.move(timedelta(days=8))

    assert not RemediesDelivered().run().well


def test_strangers_promise_nothing_and_read_nothing(programme: Programme) -> None:
    made, other = make_decided(programme), make_case(programme, stage=Stage.DECIDED)

    with pytest.raises(NotAllowed):
        services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("idris"), key=new_id())
    with pytest.raises(NotAllowed):
        services.promise(other.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("ines"), key=new_id())
    services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("ines"), key=new_id())
    assert queries.remedies_for(made.report_id, other.ring) == ()


def test_next_steps_are_shown_in_the_page_s_language_only_while_verified(
    data_folder: Path, settings: object, time: Clock
) -> None:
    entry = {"kind": "regulator", "name": "Coordinator", "reach": "coordinator.example"}
    listed = [
        entry | {"verified_on": "2026-11-01", "words": {"en": "Takes complaints.", "ar": "يتلقى الشكاوى."}},
        entry | {"verified_on": "2026-01-01"},
        entry | {"verified_on": "simulated", "kind": "nobody"},
    ]
    (data_folder / operator.FILE).write_text(json.dumps({"next_steps": listed}), encoding="utf-8")

    assert [step.words for step in operator.next_steps("ar")] == ["يتلقى الشكاوى."]


WHOLE = {"kind": "regulator", "name": "Coordinator", "reach": "coordinator.example", "verified_on": "2026-11-01"}
WORDS = {"en": "Takes complaints."}


@pytest.mark.parametrize(
    "slip",
    [
        {"kind": []},
        {"kind": {"a": 1}},
        {"kind": "nobody"},
        {"name": None},
        {"name": ""},
        {"reach": 5},
        {"words": "x"},
        {"words": None},
        {"words": {"en": 1}},
        {"verified_on": None},
        {"verified_on": "2026-13-40"},
        {"verified_on": []},
    ],
    ids=str,
)
def test_a_slip_in_one_next_step_drops_that_one_alone(data_folder: Path, time: Clock, slip: dict[str, object]) -> None:
    listed = [WHOLE | {"words": WORDS} | slip, "not a step", None, WHOLE | {"words": WORDS}]
    (data_folder / operator.FILE).write_text(json.dumps({"next_steps": listed}), encoding="utf-8")

    assert [step.words for step in operator.next_steps("en")] == ["Takes complaints."]


@pytest.mark.parametrize("listed", [None, 1, "x", {}, True], ids=str)
def test_next_steps_of_a_wrong_shape_list_nobody(data_folder: Path, time: Clock, listed: object) -> None:
    (data_folder / operator.FILE).write_text(json.dumps({"next_steps": listed}), encoding="utf-8")

    assert operator.next_steps("en") == ()


@pytest.mark.parametrize(
    "slip",
    [
        {"from": "08:00", "to": "08:20"},
        {"from": "16:00", "to": "08:00"},
        {"from": "08:00+02:00"},
        {"from": None},
        {"to": []},
        {"to": "late"},
        {"days": []},
        {"days": [7]},
        {"days": None},
        {"days": "weekdays"},
    ],
    ids=str,
)
def test_a_slip_in_the_working_week_keeps_the_ordinary_one_and_every_clock_ends(
    data_folder: Path, time: Clock, slip: dict[str, object]
) -> None:
    said = {"days": [0], "from": "08:00", "to": "16:00"} | slip
    (data_folder / operator.FILE).write_text(json.dumps({"working_time": said}), encoding="utf-8")

    assert operator.week() == EVERY_DAY
    assert all(due(lane, time.now, operator.week()) for lane in Lane)


@pytest.mark.parametrize("said", [1, "x", [], True], ids=str)
def test_a_working_week_of_a_wrong_shape_keeps_the_ordinary_one(data_folder: Path, time: Clock, said: object) -> None:
    (data_folder / operator.FILE).write_text(json.dumps({"working_time": said}), encoding="utf-8")

    assert operator.week() == EVERY_DAY


def test_the_shortest_week_that_is_allowed_ends_every_clock(time: Clock) -> None:
    shortest = Week(frozenset({0}), begins=clock_time(8), ends=clock_time(9))

    assert all(due(lane, time.now, shortest) for lane in Lane)


def test_a_file_that_cannot_be_read_lists_nobody_and_keeps_the_ordinary_week(data_folder: Path, time: Clock) -> None:
    (data_folder / operator.FILE).write_text("{", encoding="utf-8")

    assert operator.next_steps("en") == ()
    assert operator.week() == EVERY_DAY
