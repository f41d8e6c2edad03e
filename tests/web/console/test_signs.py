"""The signs of the console: time said in words, clocks drawn to scale, codes beside words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from safeconduct.connectors.port import AccountRef, ActKind, Cost
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.cases.rules import Danger, Linkage, Severity, Stage
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse
from safeconduct.domains.safety.views import BundleCost, StepCost
from safeconduct.kernel import clock
from safeconduct.web.console import times
from safeconduct.web.console.words import WORDS, words_for
from safeconduct.web.templatetags import acts
from safeconduct.web.templatetags import console as signs

NOW = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "under 1 min"),
        (42, "42 min"),
        (60, "1 h 00"),
        (220, "3 h 40"),
        (1440, "1 day"),
        (5000, "3 days"),
        (-12, "12 min"),
    ],
)
def test_a_span_is_said_in_the_shortest_plain_words(minutes: int, said: str) -> None:
    assert times.span(timedelta(minutes=minutes)) == said


def test_a_clock_in_time_has_its_lamp_before_the_tick_and_a_late_one_after_it() -> None:
    start, due = NOW, NOW + timedelta(hours=1)

    before = times.drawn_clock(start, due, NOW + timedelta(minutes=59))
    after = times.drawn_clock(start, due, NOW + timedelta(minutes=61))

    assert float(before.lamp) < float(before.promise) < float(after.lamp)


def test_a_clock_late_by_days_stays_inside_its_box() -> None:
    drawn = times.drawn_clock(NOW, NOW + timedelta(minutes=15), NOW + timedelta(days=9))

    assert float(drawn.lamp) + times.LAMP_RADIUS <= 112


def test_a_time_today_is_said_alone_and_another_day_with_its_date() -> None:
    with clock.use(lambda: NOW):
        assert times.at(NOW + timedelta(minutes=40)) == "15:00"
        assert times.at(NOW + timedelta(days=1)) == "21 Nov 14:20"
        assert times.on(NOW + timedelta(days=3)) == "Mon"
        assert times.on(NOW + timedelta(days=30)) == "20 Dec"


@pytest.mark.parametrize(("language", "said"), [("en", "20 Dec"), ("ar", "20 ديسمبر"), ("zh-hans", "12月20日")])
def test_a_day_is_written_as_the_readers_language_orders_it(language: str, said: str) -> None:
    with clock.use(lambda: NOW), translation.override(language):
        assert times.on(NOW + timedelta(days=30)) == said


def test_what_no_platform_can_do_is_said_once_and_only_if_one_reason_holds_for_all() -> None:
    gone, closed = Sentence("The platform knows no such account."), Sentence("This platform cannot do this.")
    lock, end = ActKind.ACCOUNT_LOCK, ActKind.SESSIONS_REVOKE
    no, other, yes = (
        Cost(end, possible=False, why_not=gone),
        Cost(lock, possible=False, why_not=closed),
        Cost(lock, possible=True),
    )

    def reason(*costs: Cost) -> object:
        steps = tuple(StepCost(cost.act, cost) for cost in costs)
        return acts.nothing_possible(
            BundleCost(AccountRef("juniper-square", "amina"), Bundle.SECURE_NOW, steps, locks_by_code=True, shown="")
        )

    assert reason(no, no) == gone
    assert reason(no, other) is None
    assert reason(no, yes) is None
    assert reason(no, Cost(ActKind.NOTICE_SEND, possible=True)) == gone


@pytest.mark.parametrize("kind", WORDS)
def test_every_value_that_staff_can_meet_has_words(kind: type) -> None:
    assert set(WORDS[kind]) == set(kind)


def test_values_that_are_spelled_alike_keep_their_own_words() -> None:
    assert words_for(Proof.NONE) != words_for(Linkage.NONE)
    assert words_for(Danger.NO) != words_for(WhoElse.NOBODY)


def test_a_severity_is_shape_code_and_word() -> None:
    assert signs.severity_sign(Severity.P0) == {"sign": "p0", "shade": "s0", "code": "P0", "word": "Imminent"}


def test_the_lamp_stands_on_the_stage() -> None:
    assert [signs.stage_line(stage)["number"] for stage in Stage] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("status", StepStatus)
def test_every_end_of_an_act_has_a_sign(status: StepStatus) -> None:
    drawn = acts.act_status(status)

    assert drawn["sign"] in {"ok", "sent", "held", "no"}
    assert drawn["word"]


def test_only_what_was_read_back_is_drawn_as_done() -> None:
    assert acts.act_status(StepStatus.SENT)["sign"] != "ok"
    assert acts.act_status(StepStatus.NOT_CONFIRMED)["sign"] == "no"


def test_a_sentence_of_a_platform_is_said_with_its_values() -> None:
    assert signs.said(Sentence("%(count)d sign-ins end.", {"count": 4})) == "4 sign-ins end."


def test_a_language_and_a_country_nobody_knows_stay_as_they_were_given() -> None:
    assert (signs.language_name("xx"), signs.country_name("ZZZ")) == ("xx", "ZZZ")
    assert (signs.language_name("ar"), signs.country_name("MA")) == ("Arabic", "Morocco")
