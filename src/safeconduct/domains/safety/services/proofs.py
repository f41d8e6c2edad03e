"""Recording how we know that whoever asks speaks for an account, and reading it again when they order."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.safety.models import GivenProof as ProofRow
from safeconduct.domains.safety.records import PROOF, ProofGiven
from safeconduct.domains.safety.rules import Bundle, By, GivenProof, Proof, part_of, standing
from safeconduct.domains.safety.sealing import place_of
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Opened

# What a member of staff may say they saw for themselves. A code and a vouch come from elsewhere or not at all.
_SEEN_BY_A_PERSON = frozenset({Proof.RESPONDER_CHECK, Proof.CONTACT})


@transaction.atomic
def record_vouch(
    case_id: UUID,
    *,
    envelope: Opened,
    account: AccountRef,
    organisation: UUID,
    reason: str,
    by: Actor,
) -> None:
    """Record that a vetted partner vouches for whoever asks. It allows an order; it is none."""
    if part_of(by) is not By.PARTNER:
        raise NotAllowed
    proof = GivenProof(Proof.PARTNER_VOUCH, clock.now(), organisation=organisation)
    keep(case_id, envelope=envelope, account=account, proof=proof, reason=reason)
    record(by, "account.vouched-for", case_id)


@transaction.atomic
def record_check(
    case_id: UUID,
    *,
    envelope: Opened,
    account: AccountRef,
    claimed: Collection[Proof],
    reason: str,
    by: Actor,
) -> None:
    """Record what one colleague checked where a second one has to check too. It orders nothing."""
    bundle = Bundle.SECURE_NOW
    claim(case_id, envelope=envelope, account=account, bundle=bundle, claimed=claimed, reason=reason, by=by, alone=True)
    record(by, "account.checked", case_id)


def claim(
    case_id: UUID,
    *,
    envelope: Opened,
    account: AccountRef,
    bundle: Bundle,
    claimed: Collection[Proof],
    reason: str,
    by: Actor,
    alone: bool = False,
) -> tuple[GivenProof, ...]:
    """Record what a member of staff checked for themselves, and return all that counts now for this bundle.

    ``alone`` marks what was checked as one colleague's word, which takes a second one. Refuses a claim that only
    someone else could make.
    """
    before = {given.kind for given in _given(case_id, envelope=envelope, account=account)}
    for kind in set(claimed) - before - {Proof.NONE}:
        if part_of(by) is not By.PERSON or kind not in _SEEN_BY_A_PERSON:
            raise Refused("proof.not-given", "This proof is not on record. Ask for it, or check in another way.")
    for kind in set(claimed) & _SEEN_BY_A_PERSON if part_of(by) is By.PERSON else ():
        if not reason.strip():
            raise Refused("proof.no-reason", "Write how you checked that this account is theirs, then order again.")
        proof = GivenProof(kind, clock.now(), by=by.id, alone=alone)
        keep(case_id, envelope=envelope, account=account, proof=proof, reason=reason)
    return standing(_given(case_id, envelope=envelope, account=account), bundle=bundle, now=clock.now())


def keep(case_id: UUID, *, envelope: Opened, account: AccountRef, proof: GivenProof, reason: str) -> None:
    """Seal one proof to the case."""
    proof_id = new_id()
    plain = PROOF.dump_json(ProofGiven(account, proof, reason))
    ProofRow.objects.create(
        id=proof_id,
        case_id=case_id,
        envelope_id=envelope.id,
        given_at=clock.this_minute(),
        sealed=envelope.seal(plain, place_of("givenproof", proof_id, "sealed")),
    )


def _given(case_id: UUID, *, envelope: Opened, account: AccountRef) -> list[GivenProof]:
    rows = ProofRow.objects.filter(case_id=case_id, envelope_id=envelope.id).order_by("given_at")
    given = (
        PROOF.validate_json(envelope.read(bytes(row.sealed), place_of("givenproof", row.id, "sealed"))) for row in rows
    )
    return [each.proof for each in given if each.account == account]
