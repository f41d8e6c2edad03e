"""What was promised to a reporter, until it is delivered; and where else to turn."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.remedy import operator, queries, services
from safeconduct.domains.remedy.checks import RemediesDelivered
from safeconduct.domains.remedy.rules import Remedy
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.conftest import Clock
from tests.domains.cases.making import make_case
from tests.domains.remedy.making import make_decided
from tests.programme import Programme


def test_a_reporter_reads_what_is_promised_by_when_and_what_shows_it(programme: Programme, time: Clock) -> None:
    made = make_decided(programme)
    desk = programme.desk("ines")
    promised = services.promise(made.id, made.report_id, Remedy.RESTORE, "Your three posts come back.", desk)
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

    services.promise(made.id, made.report_id, kind, "So it is.", programme.desk("ines"))

    assert [one.promised.kind for one in queries.remedies_for(made.report_id, made.ring)] == [kind]


def test_nothing_counts_as_delivered_without_proof_and_nothing_twice(programme: Programme) -> None:
    made = make_decided(programme)
    desk = programme.desk("ines")
    promised = services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", desk)

    with pytest.raises(Refused):
        services.deliver(made.id, promised, "  ", desk)
    services.deliver(made.id, promised, "Sent on Monday.", desk)
    with pytest.raises(Refused):
        services.deliver(made.id, promised, "Sent on Tuesday.", desk)


def test_a_promise_past_its_day_is_seen_by_doctor(programme: Programme, time: Clock) -> None:
    made = make_decided(programme)
    services.promise(made.id, made.report_id, Remedy.APOLOGISE, "An apology.", programme.desk("ines"))
    assert RemediesDelivered().run().well

    time.move(timedelta(days=8))

    assert not RemediesDelivered().run().well


def test_strangers_promise_nothing_and_read_nothing(programme: Programme) -> None:
    made, other = make_decided(programme), make_case(programme, stage=Stage.DECIDED)

    with pytest.raises(NotAllowed):
        services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("idris"))
    with pytest.raises(NotAllowed):
        services.promise(other.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("ines"))
    services.promise(made.id, made.report_id, Remedy.EXPLAIN, "A letter.", programme.desk("ines"))
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


def test_a_file_that_cannot_be_read_lists_nobody_and_keeps_the_ordinary_week(data_folder: Path, time: Clock) -> None:
    (data_folder / operator.FILE).write_text("{", encoding="utf-8")

    assert operator.next_steps("en") == ()
    assert operator.week() == operator.EVERY_DAY
