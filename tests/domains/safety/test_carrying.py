from uuid import UUID

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind, Capability, Fact
from safeconduct.domains.safety import queries, services
from safeconduct.domains.safety.events import BundleCarriedOut, BundleLost
from safeconduct.domains.safety.rules import Bundle, WhoElse
from safeconduct.domains.safety.services import carrying
from safeconduct.kernel import events
from safeconduct.vault import outbox
from tests.domains.safety.conftest import BY_AMINA, BY_INES, CASE, Scene
from tests.domains.safety.platform import THE_HANDLE, FakePlatform


def test_securing_locks_first_and_shows_each_step(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order(who_else_sees=WhoElse.NOBODY)

    assert services.carry_out() == 1

    assert next(done.act for done in platform.performed) is ActKind.ACCOUNT_LOCK
    assert platform.facts[Fact.LOCKED]
    assert platform.facts[Fact.SIGNED_OUT]
    view = scene.view(order)
    assert view.finished
    assert {step.status.value for step in view.steps} == {"done-and-checked", "sent"}
    lock = view.steps[0]
    assert lock.done_at
    assert lock.read_back_at
    assert lock.undo_until is None  # the platform names no end, so neither do we
    assert [str(sentence) for sentence in lock.still_open] == ["One token may live for two hours."]
    assert [str(sentence) for sentence in lock.seen_by] == ["The phone shows the sign-in page."]


def test_hiding_hides(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order(Bundle.HIDE)

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"done-and-checked"}
    assert platform.facts[Fact.PROFILE_HIDDEN]
    assert platform.facts[Fact.MESSAGES_CLOSED]
    assert not platform.facts[Fact.LOCKED]


def test_a_lock_on_a_stronger_proof_does_not_lapse(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()

    services.carry_out()

    assert platform.locked_until is None
    assert scene.view(order).lapses_at is None


def test_the_notice_says_how_to_contest(scene: Scene, platform: FakePlatform) -> None:
    scene.order(who_else_sees=WhoElse.NOBODY)

    services.carry_out()

    (words,) = platform.notices
    assert "Was it not you? Contest it" in words
    assert "not a penalty" in words
    assert "http" not in words


def test_what_the_account_showed_before_is_kept(scene: Scene) -> None:
    order = scene.order()

    services.carry_out()

    snapshot = queries.evidence_for(order, {scene.envelope.id: scene.envelope})
    assert THE_HANDLE.encode() in snapshot.content
    assert b"<Fact.LOCKED: 'locked'>, False" in snapshot.content
    assert scene.view(order).has_snapshot


def test_what_a_platform_cannot_do_is_said(scene: Scene, platform: FakePlatform) -> None:
    platform.offered -= {Capability.TOKENS_REVOKE}
    order = scene.order()

    services.carry_out()

    step = next(step for step in scene.view(order).steps if step.act is ActKind.TOKENS_REVOKE)
    assert step.status.value == "not-done"
    assert str(step.why) == "This platform cannot do this."


def test_an_account_that_does_not_exist_is_said(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order(account=AccountRef("juniper-square", "no.such.account"))

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"not-done"}
    assert not platform.performed


@pytest.mark.usefixtures("scene")
def test_an_empty_round_asks_the_database_once(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's context manager
        assert services.carry_out() == 0


def test_orders_that_rest_for_a_silent_platform_hold_up_no_other(scene: Scene, platform: FakePlatform) -> None:
    silent = FakePlatform(platform="quiet-harbour", name="Quiet Harbour", silent=True)
    with registry.registered(silent):
        for _ in range(carrying.ORDERS_A_ROUND):
            scene.order(account=AccountRef("quiet-harbour", THE_HANDLE))
        services.carry_out()
        fresh = scene.order()

        assert services.carry_out() == 1

    assert scene.view(fresh).finished
    assert platform.facts[Fact.LOCKED]


def test_carrying_out_twice_does_nothing_twice(scene: Scene, platform: FakePlatform) -> None:
    scene.order()
    services.carry_out()
    before = len(platform.performed)

    assert services.carry_out() == 0

    assert len(platform.performed) == before


def test_another_process_cannot_open_the_order(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()
    outbox._held.clear()
    outbox.keep_fresh()

    assert services.carry_out() == 0

    assert set(scene.statuses(order).values()) == {"ordered"}
    assert not platform.performed


def test_after_a_restart_an_order_reads_not_confirmed(scene: Scene) -> None:
    heard: list[BundleLost] = []
    events.subscribe(BundleLost, heard.append)
    order = scene.order()
    outbox.retire()

    assert services.mark_lost_orders() == 1

    view = scene.view(order)
    assert view.finished
    assert {step.status.value for step in view.steps} == {"not-confirmed"}
    assert "order it again" in str(view.steps[0].why)
    assert services.mark_lost_orders() == 0


def test_a_crash_half_way_keeps_what_was_done_and_claims_no_more(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()

    def fail_at_the_third_act() -> None:
        if len(platform.performed) == 2:
            raise RuntimeError

    platform.before_act = fail_at_the_third_act

    with pytest.raises(RuntimeError):
        services.carry_out()

    found = list(scene.statuses(order).values())
    assert found[:2] == ["done-and-checked", "done-and-checked"]
    assert set(found[2:]) == {"not-confirmed"}


def test_an_order_is_forgotten_by_the_worker_when_it_ends(scene: Scene) -> None:
    from safeconduct.domains.safety.models import BundleOrder  # noqa: PLC0415

    order = scene.order()
    assert BundleOrder.objects.get(pk=order).sealed_parcel

    services.carry_out()

    assert bytes(BundleOrder.objects.get(pk=order).sealed_parcel) == b""


@pytest.mark.django_db(transaction=True)
def test_the_end_is_announced_after_it_stands(scene: Scene) -> None:
    heard: list[BundleCarriedOut] = []
    events.subscribe(BundleCarriedOut, heard.append)
    order = scene.order()

    services.carry_out()

    assert heard == [BundleCarriedOut(CASE, order, all_done=True)]


def test_a_second_lock_within_seven_days_waits_for_a_person(scene: Scene, platform: FakePlatform) -> None:
    platform.last_locked_at = scene.time
    scene.later(days=6)
    scene.prove_by_code(platform)

    by_her: UUID = scene.order_by_code()
    services.carry_out()

    assert scene.statuses(by_her)["account.lock"] == "held"
    assert "A person must look" in str(scene.view(by_her).steps[0].why)
    assert not platform.facts[Fact.LOCKED]
    by_ines = scene.order(by=BY_INES)
    services.carry_out()
    assert scene.statuses(by_ines)["account.lock"] == "done-and-checked"


def test_where_the_platform_forgets_locks_a_person_is_needed(scene: Scene, platform: FakePlatform) -> None:
    platform.offered -= {Capability.ACCOUNT_LOCK_HISTORY}
    scene.order(Bundle.HIDE)
    order = scene.order(proofs=(), by=BY_AMINA, reason="")

    services.carry_out()

    assert scene.statuses(order)["account.lock"] == "held"
