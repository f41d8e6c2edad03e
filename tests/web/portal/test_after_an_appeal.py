"""What the reporter's page says once an appeal undid what was done: each time is its own, and nothing contradicts."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Linkage
from safeconduct.domains.cases.services import decisions
from safeconduct.domains.cases.values import Contribution
from safeconduct.domains.remedy import services
from safeconduct.domains.safety import services as safety
from tests.domains.cases.making import DECISION
from tests.domains.remedy.making import CHANGED, plea
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.standing import Clock
from tests.web.portal.test_protection import secured_by_ines
from tests.web.portal.walks import open_case
from tests.web.visitor import Visitor


def locked_decided_and_closed(visitor: Visitor, programme: Programme, time: Clock) -> UUID:
    open_case(visitor)
    secured_by_ines(programme)
    case = queries.queue_for(programme.desk("ines"), view="all")[0].case_id
    time.move(timedelta(minutes=5))
    decided = replace(DECISION, words_for_reporter="The account stays locked.")
    services.decide_case(case, decided, programme.desk("ines"))
    time.move(timedelta(minutes=1))
    decisions.close_case(case, Contribution(Linkage.NONE), feedback_asked=False, desk=programme.desk("ines"))
    return case


def undone_after_an_appeal(visitor: Visitor, programme: Programme, case: UUID) -> None:
    visitor.open().press("disagree").press("send-appeal", words=plea().words)
    from safeconduct.domains.remedy.models import Appeal  # noqa: PLC0415 - for its id alone

    appealed, idris = Appeal.objects.get().id, programme.desk("idris")
    services.take_appeal(appealed, idris)
    lock = queries.case_for(case, programme.desk("ines")).acts[0].id
    services.decide_appeal(appealed, replace(CHANGED, undo=(lock,)), idris)
    safety.carry_out()


def hour(time: Clock) -> str:
    return time.now.strftime("%H:%M UTC")


def test_what_was_undone_is_no_longer_said_to_stand(
    visitor: Visitor, programme: Programme, platform: FakePlatform, time: Clock
) -> None:
    case = locked_decided_and_closed(visitor, programme, time)
    time.move(timedelta(minutes=7))
    undone_after_an_appeal(visitor, programme, case)

    done = visitor.open().page.split("What we did to the account")[1]

    lock = re.sub(r"<[^>]+>", "", done.split("Lock the account")[1].split("</li>")[0])
    assert lock.split() == [":", "Undone", *hour(time).split()]
    assert "It is ordered. We say so here" not in visitor.page
    assert "Done, and seen on the platform" in visitor.page


def test_the_way_so_far_gives_each_decision_and_the_closing_their_own_time(
    visitor: Visitor, programme: Programme, platform: FakePlatform, time: Clock
) -> None:
    began = time.now
    case = locked_decided_and_closed(visitor, programme, time)
    time.move(timedelta(minutes=7))
    undone_after_an_appeal(visitor, programme, case)

    way = visitor.open().page.split("The way so far")[1].split("</ol>")[0]

    times = re.findall(r'<li><b><time datetime="([^"]+)"', way)
    assert times == sorted(times)
    said = re.sub(r"<[^>]+>|\s+", " ", way)
    for minutes, words in ((5, "We decided."), (6, "The case was closed."), (13, "Someone else decided again.")):
        at = (began + timedelta(minutes=minutes)).strftime("%H:%M UTC")
        assert re.search(f"{at} +{re.escape(words)}", said)
    assert "What was decided first" in visitor.page
    assert "The account stays locked." in visitor.page


def test_a_closed_case_says_that_something_new_needs_a_new_report(
    visitor: Visitor, programme: Programme, platform: FakePlatform, time: Clock
) -> None:
    locked_decided_and_closed(visitor, programme, time)

    visitor.open()

    assert "Nobody reads here any more." in visitor.page
    visitor.press("danger")
    assert "Send" in visitor.page
