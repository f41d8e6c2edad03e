"""Whatever a platform does, nothing is claimed that it did not show."""

import pytest

from safeconduct.connectors import wording
from safeconduct.connectors.port import ActKind, Capability, Fact
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety import services
from safeconduct.domains.safety.rules import LONGEST_TRYING
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import Opened
from tests.domains.safety.conftest import BY_AMINA, BY_INES, CASE, Scene
from tests.domains.safety.platform import FakePlatform


def test_while_a_platform_is_silent_nothing_is_claimed_and_the_next_try_is_said(
    scene: Scene, platform: FakePlatform
) -> None:
    platform.silent = True
    order = scene.order()

    assert services.carry_out() == 0

    view = scene.view(order)
    assert {step.status.value for step in view.steps} == {"ordered"}
    assert view.next_try_at
    assert view.next_try_at > scene.time
    assert not view.finished


def test_an_act_without_an_answer_holds_up_nothing_else(scene: Scene, platform: FakePlatform) -> None:
    platform.unsure = True
    scene.order()

    services.carry_out()

    assert len(platform.performed) == 1


def test_what_was_not_tried_yet_comes_before_what_failed(scene: Scene, platform: FakePlatform) -> None:
    platform.unsure = True
    scene.order()
    services.carry_out()
    scene.later(minutes=1)

    services.carry_out()

    assert len({done.act for done in platform.performed}) == 2


def test_it_is_not_asked_again_before_its_time(scene: Scene, platform: FakePlatform) -> None:
    platform.silent = True
    scene.order()
    services.carry_out()
    platform.silent = False

    services.carry_out()
    assert not platform.performed

    scene.later(seconds=31)
    services.carry_out()
    assert platform.performed


def test_when_it_comes_back_the_order_is_carried_out(scene: Scene, platform: FakePlatform) -> None:
    platform.silent = True
    order = scene.order()
    services.carry_out()
    platform.silent = False
    scene.later(minutes=5)

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"done-and-checked"}
    assert scene.view(order).next_try_at is None


def test_a_platform_that_stays_silent_ends_as_not_done(scene: Scene, platform: FakePlatform) -> None:
    platform.silent = True
    order = scene.order()
    for _ in range(12):
        services.carry_out()
        scene.later(seconds=LONGEST_TRYING.total_seconds() / 10)

    services.carry_out()

    view = scene.view(order)
    assert view.finished
    assert {step.status.value for step in view.steps} == {"not-done"}
    assert "Nothing was changed" in str(view.steps[0].why)


def test_a_platform_that_falls_silent_half_way_keeps_the_first_half(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()

    def fall_silent() -> None:
        platform.silent = len(platform.performed) >= 2

    platform.before_act = fall_silent
    services.carry_out()

    found = list(scene.statuses(order).values())
    assert found[:2] == ["done-and-checked", "done-and-checked"]
    assert "done-and-checked" not in found[2:]


def test_a_refusal_is_shown_as_not_done(scene: Scene, platform: FakePlatform) -> None:
    platform.refusing = True
    order = scene.order()
    for _ in range(4):
        services.carry_out()
        scene.later(minutes=6)

    view = scene.view(order)
    assert {step.status.value for step in view.steps} == {"not-done"}
    assert str(view.steps[0].why) == "What the platform said."
    assert view.finished
    assert not view.can_undo


def test_done_without_a_read_back_is_only_sent(scene: Scene, platform: FakePlatform) -> None:
    platform.lying = True
    order = scene.order()

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"sent"}


def test_nonsense_is_asked_again_under_the_same_key_and_done_once(scene: Scene, platform: FakePlatform) -> None:
    platform.unsure = True
    order = scene.order()
    services.carry_out()
    assert list(scene.statuses(order).values()) == ["not-confirmed", "ordered", "ordered", "ordered", "ordered"]
    platform.unsure = False
    scene.later(minutes=1)

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"done-and-checked"}
    assert len(platform.keys) == len(scene.view(order).steps)


def test_a_platform_that_never_makes_sense_ends_as_not_confirmed(scene: Scene, platform: FakePlatform) -> None:
    platform.unsure = True
    order = scene.order()
    for _ in range(9):
        services.carry_out()
        scene.later(minutes=6)

    assert set(scene.statuses(order).values()) == {"not-confirmed"}
    assert scene.view(order).finished


def test_looking_again_finds_the_lie(scene: Scene, platform: FakePlatform) -> None:
    platform.lying = True
    order = scene.order()
    services.carry_out()

    services.look_again(order, case_id=CASE, envelope=scene.envelope, by=BY_AMINA)

    view = scene.view(order)
    assert {step.status.value for step in view.steps} == {"not-done"}
    assert "not so now" in str(view.steps[0].why)


def test_looking_again_confirms_what_was_lost_from_sight(scene: Scene, platform: FakePlatform) -> None:
    platform.unsure = True
    order = scene.order()
    for _ in range(9):
        services.carry_out()
        scene.later(minutes=6)

    services.look_again(order, case_id=CASE, envelope=scene.envelope, by=BY_INES)

    assert set(scene.statuses(order).values()) == {"done-and-checked"}


def test_looking_again_sees_what_somebody_undid(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()
    services.carry_out()
    platform.facts[Fact.LOCKED] = False

    services.look_again(order, case_id=CASE, envelope=scene.envelope, by=BY_INES)

    assert scene.statuses(order)["account.lock"] == "not-done"
    assert scene.statuses(order)["sessions.revoke"] == "done-and-checked"


def test_looking_at_a_silent_platform_changes_no_record(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()
    services.carry_out()
    before = scene.view(order)
    platform.silent = True

    with pytest.raises(Unavailable):
        services.look_again(order, case_id=CASE, envelope=scene.envelope, by=BY_INES)

    assert scene.view(order) == before


def test_an_order_on_its_way_is_not_looked_at(scene: Scene) -> None:
    order = scene.order()

    with pytest.raises(Refused, match="still being carried out"):
        services.look_again(order, case_id=CASE, envelope=scene.envelope, by=BY_INES)


def test_missing_and_forbidden_look_alike(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()
    elsewhere = Opened(CASE, b"e" * 32)

    with pytest.raises(NotAllowed) as forbidden:
        services.look_again(order, case_id=CASE, envelope=elsewhere, by=BY_INES)
    with pytest.raises(NotAllowed) as missing:
        services.look_again(CASE, case_id=CASE, envelope=scene.envelope, by=BY_INES)
    assert forbidden.value.sentence == missing.value.sentence


def test_what_a_later_step_has_ended_is_no_longer_called_open(scene: Scene, platform: FakePlatform) -> None:
    behind = Sentence(wording.BEHIND_THE_LOCK, {"count": 3})
    platform.left_open = {ActKind.ACCOUNT_LOCK: (behind, wording.WITHOUT_END)}
    order = scene.order()

    services.carry_out()

    lock = scene.view(order).steps[0]
    assert lock.still_open == (wording.WITHOUT_END,)
    assert lock.ended_since == (behind,)


def test_what_a_later_step_failed_to_end_stays_open(scene: Scene, platform: FakePlatform) -> None:
    behind = Sentence(wording.BEHIND_THE_LOCK, {"count": 3})
    platform.left_open = {ActKind.ACCOUNT_LOCK: (behind,)}
    platform.offered -= {Capability.SESSIONS_REVOKE}
    order = scene.order()

    services.carry_out()

    assert scene.view(order).steps[0].still_open == (behind,)
