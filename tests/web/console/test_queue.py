"""The queue: what waits for this person, and of everything else nothing at all."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases.rules import Danger, Stage
from safeconduct.domains.cases.services import decisions, work
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel import clock
from tests.domains.cases.making import ASSESSMENT, DECISION, MadeCase, make_case
from tests.programme import LISBON, Programme
from tests.web.console.conftest import at


def test_a_report_waits_in_the_queue_with_its_severity_and_clock(ines: Client, new: MadeCase) -> None:
    page = ines.get(at("queue")).content.decode()

    assert new.receipt.number in page
    assert "P1 Serious" in page
    assert "to reply" in page
    assert "Private details made public" in page


def test_an_imminent_case_alarms_only_while_something_is_owed(ines: Client, programme: Programme) -> None:
    made = make_case(programme, danger=Danger.NOW)
    assert "p0row" in ines.get(at("queue")).content.decode()

    ines.post(at("take", made.id))
    work.assess(made.id, ASSESSMENT, "What was written.", programme.desk("ines"))
    decisions.decide(made.id, DECISION, programme.desk("ines"))
    assert "p0row" not in ines.get(at("queue")).content.decode()


def test_the_queue_quotes_no_report_and_names_no_account(ines: Client, new: MadeCase) -> None:
    page = ines.get(at("queue")).content.decode()

    assert new.answers.text not in page
    assert new.answers.accounts[0].handle not in page


def test_nobody_comes_in_without_signing_in(client: Client, new: MadeCase) -> None:
    answers = [client.get(at("queue")), client.get(at("case", new.id)), client.post(at("take", new.id))]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/sign-in")] * 3


def test_a_partner_and_a_custodian_find_nothing_here(browser: Callable[[str], Client], new: MadeCase) -> None:
    for name in ("tomas", "chiara"):
        assert browser(name).get(at("queue")).status_code == 404
        assert browser(name).get(at("case", new.id)).status_code == 404


def test_of_a_case_one_may_not_open_there_is_no_row_no_count_and_no_gap(ines: Client, programme: Programme) -> None:
    hidden = make_case(
        programme, exclusions=Exclusions(team_ids=frozenset({programme.team_id(LISBON)})), stage=Stage.NEW
    )

    page = ines.get(at("queue")).content.decode()

    assert hidden.receipt.number not in page
    assert "0 cases." in page
    assert "Nobody is waiting for you." in page
    assert "Take the next case" not in page


def test_the_views_are_mine_nobodys_and_all(ines: Client, taken: MadeCase, new: MadeCase) -> None:
    shown = {}
    for view in ("mine", "open", "all", "nonsense"):
        page = ines.get(at("queue"), {"view": view}).content.decode()
        shown[view] = (taken.receipt.number in page, new.receipt.number in page)

    assert shown == {"mine": (True, False), "open": (False, True), "all": (True, True), "nonsense": (True, True)}


def test_taking_the_next_case_takes_the_most_urgent_free_one(
    ines: Client, programme: Programme, opened: Callable[..., CaseView]
) -> None:
    make_case(programme, danger=Danger.NO, happened=())
    urgent = make_case(programme, danger=Danger.NOW)

    answer = ines.post(at("take-next"))

    assert answer["Location"] == at("case", urgent.id)
    assert opened(urgent).assignee == "Ines"


def test_with_nothing_to_take_the_queue_says_so(ines: Client) -> None:
    answer = ines.post(at("take-next"), follow=True)

    assert "Nobody is waiting for you." in answer.content.decode()


def test_a_page_left_open_learns_that_the_queue_has_changed(ines: Client, programme: Programme) -> None:
    seen = ines.get(at("queue")).context["mark"]

    before = ines.get(at("changes"), {"view": "all", "seen": seen, "look": "1"}).content.decode()
    make_case(programme)
    after = ines.get(at("changes"), {"view": "all", "seen": seen, "look": "2"}).content.decode()

    assert "look=2" in before
    assert "The queue has changed." in after


def test_an_empty_view_says_one_fact_and_one_next_thing(ines: Client, new: MadeCase) -> None:
    mine, closed = (ines.get(at("queue"), {"view": view}).content.decode() for view in ("mine", "closed"))

    assert new.id
    assert "You have no case now." in mine
    assert 'href="?view=open">See what nobody has yet</a>' in mine
    assert "Nothing is closed yet." in closed
    assert "time for a break" not in mine + closed


def test_the_queue_says_when_it_was_last_read(ines: Client) -> None:
    began = clock.this_minute()
    later = began + timedelta(minutes=1)

    with clock.use(lambda: began):
        seen = ines.get(at("queue"))
    with clock.use(lambda: later):
        again = ines.get(at("changes"), {"view": "all", "seen": seen.context["mark"], "look": "1"}).content.decode()

    assert f"Read at {began:%H:%M} UTC." in seen.content.decode()
    assert f"Looked again at {later:%H:%M} UTC: nothing has changed." in again


def test_a_page_left_open_stops_looking_so_that_the_session_can_end(ines: Client) -> None:
    seen = ines.get(at("queue")).context["mark"]

    answer = ines.get(at("changes"), {"view": "all", "seen": seen, "look": "99"}).content.decode()

    assert "no longer looks" in answer
    assert "hx-get" not in answer


def test_the_console_runs_no_script_but_its_own(ines: Client) -> None:
    policy = ines.get(at("queue"))["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
