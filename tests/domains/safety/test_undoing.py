import pytest

from safeconduct.connectors.port import ActKind, Fact
from safeconduct.domains.safety import services
from safeconduct.domains.safety.events import LockLapsed
from safeconduct.domains.safety.rules import Bundle, Proof
from safeconduct.kernel import events
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened
from tests.domains.safety.conftest import AMINAS_ACCOUNT, BY_AMINA, BY_INES, BY_TOMAS, CASE, HARBOUR, Scene
from tests.domains.safety.platform import FakePlatform


def undo(scene: Scene, order: object, **changes: object) -> object:
    asked: dict[str, object] = {
        "case_id": CASE,
        "envelope": scene.envelope,
        "proofs": {Proof.RESPONDER_CHECK},
        "reason": "She has a new telephone.",
        "by": BY_INES,
    }
    return services.order_undo(order, **(asked | changes))  # type: ignore[arg-type] # a test passes what it changes


def confirm(scene: Scene, order: object, **changes: object) -> object:
    asked: dict[str, object] = {
        "case_id": CASE,
        "envelope": scene.envelope,
        "proofs": {Proof.RESPONDER_CHECK},
        "reason": "I spoke with her.",
        "by": BY_INES,
    }
    return services.confirm_lock(order, **(asked | changes))  # type: ignore[arg-type] # a test passes what it changes


def test_undoing_gives_back_what_can_be_given_back_in_reverse(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()
    services.carry_out()

    undoing = undo(scene, order)
    services.carry_out()

    assert scene.statuses(order) == {
        "account.lock": "undone",
        "sessions.revoke": "done-and-checked",
        "tokens.revoke": "done-and-checked",
        "credentials.freeze": "undone",
        "contact.freeze": "undone",
    }
    assert list(scene.statuses(undoing)) == ["contact.unfreeze", "credentials.unfreeze", "account.unlock"]  # type: ignore[arg-type]
    assert not platform.facts[Fact.LOCKED]
    assert not scene.view(order).can_undo


def test_hiding_is_undone_whole(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order(Bundle.HIDE)
    services.carry_out()

    undo(scene, order)
    services.carry_out()

    assert set(scene.statuses(order).values()) == {"undone"}
    assert not any(platform.facts.values())


def test_a_code_alone_does_not_give_access_back(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()

    with pytest.raises(Refused, match="a person must check first"):
        undo(scene, order, proofs=(), by=BY_AMINA)

    assert platform.facts[Fact.LOCKED]


def test_the_defender_undoes_what_a_stronger_proof_allowed(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()

    undo(scene, order, proofs=(), by=BY_AMINA, reason="")
    services.carry_out()

    assert scene.statuses(order)["account.lock"] == "undone"


def test_a_check_made_for_locking_does_not_count_for_unlocking(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order()
    services.carry_out()

    with pytest.raises(Refused, match="does not count for unlocking"):
        undo(scene, order, proofs=())
    undoing = undo(scene, order)

    assert platform.facts[Fact.LOCKED]
    assert scene.view(undoing).proofs == (Proof.RESPONDER_CHECK,)  # type: ignore[arg-type]


def test_a_partner_undoes_nothing(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()

    with pytest.raises(Refused):
        undo(scene, order, proofs=(), by=BY_TOMAS)


def test_what_is_undone_is_not_undone_again(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()
    undo(scene, order)
    services.carry_out()

    with pytest.raises(Refused, match="Nothing of this"):
        undo(scene, order)


def test_undoing_that_failed_is_not_called_undone(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()
    services.carry_out()
    undo(scene, order)
    platform.refusing = True

    services.carry_out()

    assert scene.statuses(order)["account.lock"] == "done-and-checked"


def test_another_case_undoes_nothing(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()

    with pytest.raises(NotAllowed):
        undo(scene, order, envelope=Opened(CASE, b"o" * 32))


def test_a_lock_by_code_lapses_after_seventy_two_hours(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()
    scene.later(hours=71, minutes=59)
    assert services.lapse_due() == 0

    scene.later(minutes=1)

    assert services.lapse_due() == 1
    assert scene.statuses(order)["account.lock"] == "lapsed"
    assert scene.statuses(order)["sessions.revoke"] == "done-and-checked"
    assert services.lapse_due() == 0


def test_a_second_proof_makes_the_lock_stay(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()

    confirm(scene, order)
    services.carry_out()

    assert platform.locked_until is None
    assert scene.view(order).lapses_at is None
    scene.later(hours=80)
    assert services.lapse_due() == 0
    assert scene.statuses(order)["account.lock"] == "done-and-checked"


def test_a_vouch_is_a_second_proof(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()
    services.record_vouch(
        CASE, envelope=scene.envelope, account=AMINAS_ACCOUNT, organisation=HARBOUR, reason="Ours.", by=BY_TOMAS
    )

    confirm(scene, order, proofs=(), by=BY_AMINA)
    services.carry_out()

    assert platform.locked_until is None


def test_another_code_is_no_second_proof(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()
    scene.prove_by_code(platform)

    with pytest.raises(Refused, match="second proof"):
        confirm(scene, order, proofs=(), by=BY_AMINA)


def test_a_confirmation_that_failed_leaves_the_lock_lapsing(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()
    platform.refusing = True

    confirm(scene, order)
    for _ in range(4):
        services.carry_out()
        scene.later(minutes=6)

    assert scene.view(order).lapses_at is not None


def test_a_lock_that_stays_needs_no_confirming(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()

    with pytest.raises(Refused, match="nothing to confirm"):
        confirm(scene, order)


@pytest.mark.django_db(transaction=True)
def test_a_lapse_is_announced(scene: Scene, platform: FakePlatform) -> None:
    heard: list[LockLapsed] = []
    events.subscribe(LockLapsed, heard.append)
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()
    scene.later(hours=73)

    services.lapse_due()

    assert heard == [LockLapsed(CASE, order)]


def test_ending_sessions_cannot_be_undone_and_is_never_offered(scene: Scene) -> None:
    order = scene.order()
    services.carry_out()

    step = next(step for step in scene.view(order).steps if step.act is ActKind.SESSIONS_REVOKE)
    assert step.undo_until is None
