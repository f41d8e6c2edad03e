from uuid import UUID

import pytest

from safeconduct.audit import queries as audit
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.safety import queries, services
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import DoesNotOpen, Opened, outbox
from tests.domains.safety.conftest import (
    AMINAS_ACCOUNT,
    BY_AMINA,
    BY_TOMAS,
    CASE,
    HARBOUR,
    OTHER_CASE,
    Scene,
)
from tests.domains.safety.platform import FakePlatform

KEY = UUID("99999999-9999-4999-8999-999999999999")


def test_an_order_waits_for_the_worker(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order()

    assert set(scene.statuses(order).values()) == {StepStatus.ORDERED.value}
    assert not platform.performed


def test_the_same_form_twice_is_one_order(scene: Scene) -> None:
    assert scene.order(key=KEY) == scene.order(key=KEY) == KEY

    assert len(queries.bundles_for(CASE, {scene.envelope.id: scene.envelope})) == 1


def test_the_key_of_an_order_elsewhere_says_nothing(scene: Scene) -> None:
    scene.order(key=KEY)

    with pytest.raises(NotAllowed):
        scene.order(key=KEY, case_id=OTHER_CASE)


def test_nothing_is_ordered_while_no_worker_is_awake(scene: Scene) -> None:
    outbox.retire()

    with pytest.raises(Unavailable, match="nothing was ordered"):
        scene.order()

    assert not queries.bundles_for(CASE, {scene.envelope.id: scene.envelope})


def test_nobody_orders_without_a_proof(scene: Scene) -> None:
    with pytest.raises(Refused, match="Nobody has shown yet"):
        scene.order(proofs=(), by=BY_AMINA)
    with pytest.raises(Refused, match="Nobody has shown yet"):
        scene.order(proofs=())


@pytest.mark.parametrize("proof", [Proof.CODE, Proof.CONTACT, Proof.PARTNER_VOUCH, Proof.RESPONDER_CHECK])
def test_the_defender_cannot_claim_a_proof_that_was_not_given(scene: Scene, proof: Proof) -> None:
    with pytest.raises(Refused, match="not on record"):
        scene.order(proofs={proof}, by=BY_AMINA)


@pytest.mark.parametrize("proof", [Proof.CODE, Proof.PARTNER_VOUCH])
def test_staff_cannot_claim_what_others_must_give(scene: Scene, proof: Proof) -> None:
    with pytest.raises(Refused, match="not on record"):
        scene.order(proofs={proof})


def test_a_check_says_how_it_was_made(scene: Scene) -> None:
    with pytest.raises(Refused, match="Write how you checked"):
        scene.order(reason="  ")


def test_a_check_by_a_person_lets_the_defender_order(scene: Scene) -> None:
    scene.order()

    hidden = scene.order(Bundle.HIDE, proofs=(), by=BY_AMINA, reason="")

    assert scene.view(hidden).proofs == (Proof.RESPONDER_CHECK,)


def test_a_vouch_allows_the_order_and_is_none_itself(scene: Scene) -> None:
    services.record_vouch(
        CASE,
        envelope=scene.envelope,
        account=AMINAS_ACCOUNT,
        organisation=HARBOUR,
        reason="We have known her for years.",
        by=BY_TOMAS,
    )

    with pytest.raises(Refused):
        scene.order(proofs=(), by=BY_TOMAS)
    assert scene.order(proofs=(), by=BY_AMINA, reason="")


def test_only_a_partner_vouches(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        services.record_vouch(
            CASE, envelope=scene.envelope, account=AMINAS_ACCOUNT, organisation=HARBOUR, reason="", by=BY_AMINA
        )


def test_a_proof_for_one_account_is_none_for_another(scene: Scene) -> None:
    scene.order()

    with pytest.raises(Refused):
        scene.order(account=AccountRef("juniper-square", "somebody.else"), proofs=(), by=BY_AMINA)


def test_no_notice_is_ordered_where_others_may_read_it(scene: Scene) -> None:
    told = scene.order(who_else_sees=WhoElse.NOBODY)
    untold = scene.order(who_else_sees=WhoElse.UNKNOWN)

    assert ActKind.NOTICE_SEND in [step.act for step in scene.view(told).steps]
    assert ActKind.NOTICE_SEND not in [step.act for step in scene.view(untold).steps]


def test_another_envelope_reads_nothing_of_an_order(scene: Scene) -> None:
    scene.order()
    wrong_key = Opened(scene.envelope.id, b"w" * 32)

    with pytest.raises(DoesNotOpen):
        queries.bundles_for(CASE, {scene.envelope.id: wrong_key})
    assert not queries.bundles_for(CASE, {OTHER_CASE: wrong_key})
    assert not queries.bundles_for(OTHER_CASE, {scene.envelope.id: scene.envelope})


def test_an_order_leaves_an_entry_that_names_no_account(scene: Scene) -> None:
    scene.order()

    entries = audit.entries_for(CASE)
    assert [entry.action for entry in entries] == ["account.act-ordered"]
    assert AMINAS_ACCOUNT.handle not in str(entries)
