"""What a partner can prove: not only when we answered, but by when we had promised to, and how severe we called it."""

from datetime import datetime, timedelta

import pytest

from safeconduct.audit import services as audit
from safeconduct.audit.leaves import Facts
from safeconduct.audit.proofs import Verdict, verify_bundle
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import LIMITS, Assessment, Danger, Degree, Severity, Stage
from safeconduct.domains.cases.services import conversation, work
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.standing import Clock

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "%Y-%m-%dT%H:%MZ"
SEVERE = Assessment(Degree.EXTREME, Degree.EXTREME, Degree.EXTREME, Degree.EXTREME)
SLIGHT = Assessment(Degree.LOW, Degree.LOW, Degree.LOW, Degree.LOW)


def proved(made: MadeCase) -> Verdict:
    return verify_bundle(queries.clock_proof(made.report_id, made.ring).as_json())


def told(made: MadeCase) -> list[Facts]:
    return [entry.facts for entry in proved(made).entries if entry.facts]


def promise(severity: Severity, *, reply: datetime, settle: datetime) -> Facts:
    limits = LIMITS[severity]
    ends = ((reply + limits.reply), (settle + limits.settle))
    return {"severity": severity.value, "reply_due": f"{ends[0]:{FORM}}", "settle_due": f"{ends[1]:{FORM}}"}


def test_the_proof_tells_what_was_promised_when_the_report_came_in(programme: Programme, time: Clock) -> None:
    made = make_case(programme, danger=Danger.SOON)

    assert proved(made).holds
    assert told(made) == [promise(Severity.P1, reply=time.now, settle=time.now)]


def test_the_proof_tells_each_promise_that_took_the_place_of_another(programme: Programme, time: Clock) -> None:
    made = make_case(programme, danger=Danger.SOON)
    begun, ines = time.now, programme.desk("ines")
    work.take_case(made.id, ines)
    raised = time.move(timedelta(minutes=7))
    work.assess(made.id, SEVERE, "", ines)
    time.move(timedelta(minutes=3))
    work.assess(made.id, SLIGHT, "It was a test of ours.", ines)

    first, second, third = told(made)

    assert first == promise(Severity.P1, reply=begun, settle=begun)
    assert second == promise(Severity.P0, reply=raised, settle=raised)
    assert third == promise(Severity.P3, reply=begun, settle=begun)


def test_word_of_danger_shows_in_the_proof_as_a_shorter_promise(programme: Programme, time: Clock) -> None:
    made = make_case(programme, danger=Danger.SOON)
    written = time.move(timedelta(minutes=10))

    conversation.say(
        made.report_id, "They are here.", ring=made.ring, by=made.reporter, key=new_id(), danger=Danger.NOW
    )

    assert told(made)[-1] == promise(Severity.P0, reply=written, settle=written)


def test_the_proof_tells_how_it_was_decided(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED)

    assert told(made)[-1] == {"outcome": "protected"}
    assert proved(made).holds


def test_once_its_facts_are_destroyed_the_proof_tells_no_promise_and_still_holds(programme: Programme) -> None:
    made = make_case(programme)

    audit.mute([made.report_id])

    assert proved(made).holds
    assert told(made) == []
