"""Promises about the door: turns, questions, floods, and a memory that dies."""

import threading
from datetime import timedelta

import pytest

from safeconduct.domains.cases import challenges as challenges_module
from safeconduct.domains.cases.alike import Groups
from safeconduct.domains.cases.challenges import Challenge, Challenges, Question
from safeconduct.domains.cases.daily import DailyKey
from safeconduct.domains.cases.door import FLOOD_FROM, FROM_ONE_PLACE_AN_HOUR, Door, Lane
from safeconduct.domains.cases.turnstile import Turnstile
from safeconduct.kernel.errors import Unavailable
from tests.standing import Clock

pytestmark = pytest.mark.one_database

ADDRESS = "203.0.113.7"
TEXT = "They published where I live and wrote that they would come tonight, all three of them."


def right(challenge: Challenge) -> int:
    return {Question.ADD: sum, Question.LARGEST: max, Question.SMALLEST: min}[challenge.kind](challenge.numbers)


def test_a_few_reports_from_one_place_are_asked_nothing(time: Clock) -> None:
    door = Door()

    knocks = [door.knock(Lane.ANONYMOUS, ADDRESS) for _ in range(FROM_ONE_PLACE_AN_HOUR)]

    assert all(knock.challenge is None and knock.files for knock in knocks)


def test_many_reports_from_one_place_are_asked_a_question_and_never_refused(time: Clock) -> None:
    door = Door()
    knocks = [door.knock(Lane.ANONYMOUS, ADDRESS) for _ in range(FROM_ONE_PLACE_AN_HOUR + 3)]

    assert knocks[-1].challenge is not None
    assert door.answered(knocks[-1].challenge.token, str(right(knocks[-1].challenge)))


def test_whoever_comes_back_and_partners_are_asked_nothing_even_in_a_flood(time: Clock) -> None:
    door = Door()
    door.set_flood(True)

    assert door.knock(Lane.RETURNING, ADDRESS).challenge is None
    assert door.knock(Lane.PARTNER, ADDRESS).files


def test_a_flood_is_noticed_by_the_count_and_ends_with_it(time: Clock) -> None:
    door = Door()
    for _ in range(FLOOD_FROM):
        door.arrived()
    during = door.knock(Lane.ANONYMOUS, ADDRESS)
    time.move(timedelta(minutes=11))

    assert during.challenge is not None
    assert not during.files
    assert not door.flooding()


def test_an_answer_counts_in_any_script_s_digits(time: Clock) -> None:
    challenges = Challenges(DailyKey())
    challenge = challenges.make()
    arabic = str(right(challenge)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert challenges.answered(challenge.token, f" {arabic} ")


def test_a_right_answer_serves_once(time: Clock) -> None:
    challenges = Challenges(DailyKey())
    challenge = challenges.make()

    assert challenges.answered(challenge.token, str(right(challenge)))
    assert not challenges.answered(challenge.token, str(right(challenge)))


def test_strangers_who_use_up_answers_never_shut_out_who_answers_rightly(
    time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenges_module, "USED_AT_MOST", 3)
    challenges = Challenges(DailyKey())
    asked = [challenges.make() for _ in range(8)]

    assert all(challenges.answered(each.token, str(right(each))) for each in asked)
    assert not challenges.answered(asked[-1].token, str(right(asked[-1])))


@pytest.mark.parametrize("token", ["", "nonsense", "AAAA", "ää", "A" * 60])
def test_a_made_up_token_is_wrong(time: Clock, token: str) -> None:
    assert not Challenges(DailyKey()).answered(token, "7")


def test_a_late_answer_is_wrong(time: Clock) -> None:
    challenges = Challenges(DailyKey())
    challenge = challenges.make()
    time.move(timedelta(minutes=31))

    assert not challenges.answered(challenge.token, str(right(challenge)))


def test_everything_the_door_remembers_dies_with_the_day(time: Clock) -> None:
    key, groups = DailyKey(), Groups()
    today, group = key.today(), groups.group_of(TEXT)
    time.move(timedelta(days=1))

    assert key.today()[1] != today[1]
    assert groups.group_of(TEXT) != group


def test_alike_reports_fall_in_one_group(time: Clock) -> None:
    groups = Groups()

    assert groups.group_of(TEXT) == groups.group_of(TEXT + " 1")
    assert groups.group_of("short") is None


def test_no_address_stays_in_the_door_s_memory(time: Clock) -> None:
    door = Door()
    door.knock(Lane.ANONYMOUS, ADDRESS)

    assert not [mark for room in door._slate.rooms() for mark in door._slate.marks(room) if ADDRESS.encode() in mark]
    assert ADDRESS not in repr(door.__dict__)


def test_lanes_are_served_in_turn_however_long_one_of_them_is() -> None:
    gate = Turnstile(["crowd", "quiet"], at_once=1, waiting_in_a_lane=3)
    served: list[str] = []
    threads = [
        threading.Thread(target=_pass, args=(gate, lane, served)) for lane in ("crowd", "crowd", "crowd", "quiet")
    ]

    with gate.turn("crowd"):
        for thread, lane, waiting in zip(threads, ("crowd", "crowd", "crowd", "quiet"), (1, 2, 3, 1), strict=True):
            thread.start()
            while gate.waiting(lane) < waiting:
                pass
    for thread in threads:
        thread.join()

    assert served == ["quiet", "crowd", "crowd", "crowd"]


def _pass(gate: Turnstile, lane: str, served: list[str]) -> None:
    with gate.turn(lane):
        served.append(lane)


def test_a_full_lane_says_so_and_nobody_waits_for_ever() -> None:
    gate = Turnstile(["only"], at_once=1, waiting_in_a_lane=1, patience=timedelta(milliseconds=30))

    with gate.turn("only"), pytest.raises(Unavailable, match="Nothing you wrote is lost"), gate.turn("only"):
        pass
    with gate.turn("only"):
        assert gate.waiting("only") == 0
