"""Who may do what to an account at its owner's wish, on which proof, and for how long."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from safeconduct.connectors.port import ActKind
from safeconduct.domains.safety.rules.words import SECOND_LOCK_WITHIN, STEPS, Bundle, By, Proof, WhoElse
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused

BY_CODE_ALONE = frozenset({ActKind.SESSIONS_REVOKE, ActKind.TOKENS_REVOKE, ActKind.ACCOUNT_LOCK})
EVERY_ACT = frozenset(act for steps in STEPS.values() for act in steps) - {ActKind.NOTICE_SEND}
STRONGER = frozenset({Proof.CONTACT, Proof.PARTNER_VOUCH, Proof.RESPONDER_CHECK})
PROOF_LASTS: Mapping[Proof, timedelta] = {
    Proof.NONE: timedelta(0),
    Proof.CODE: timedelta(hours=1),
    Proof.CONTACT: timedelta(days=7),
    Proof.PARTNER_VOUCH: timedelta(days=7),
    Proof.RESPONDER_CHECK: timedelta(days=7),
}


@dataclass(frozen=True)
class Leave:
    """What may be done to an account. ``lapses`` means that a lock ends by itself unless a second proof comes."""

    acts: frozenset[ActKind]
    lapses: bool


@dataclass(frozen=True)
class GivenProof:
    """One proof that was given. ``organisation`` is the partner behind a vouch; ``bundle`` what a code was for.

    ``by`` is the colleague who checked; ``alone`` means that a second one has to check too.
    """

    kind: Proof
    at: datetime
    organisation: UUID | None = None
    bundle: Bundle | None = None
    by: UUID | None = None
    alone: bool = False


SECOND_CHECK = "proof.second-person"
SECOND_CHECK_WORDS = (
    "Nothing was done yet. Another case asks to protect this account, or you wrote it down yourself: "
    "your check is kept, and a second colleague must check too, then order it here."
)
NO_LEAVE = Leave(frozenset(), lapses=False)


def part_of(actor: Actor) -> By:
    """Return in which part an actor orders; a rule or the command line orders nothing."""
    parts = {
        ActorKind.REPORTER: By.DEFENDER,
        ActorKind.PARTNER_MEMBER: By.PARTNER,
        ActorKind.PARTNER_PROGRAM: By.PARTNER,
        ActorKind.MEMBER: By.PERSON,
    }
    if actor.kind not in parts:
        raise NotAllowed
    return parts[actor.kind]


def may_send_to_account(who_else_sees: WhoElse) -> bool:
    """Answer whether anything may be sent to the account: never where others may be reading it."""
    return who_else_sees is WhoElse.NOBODY


def what_may_be_done(proofs: Collection[Proof], who_else_sees: WhoElse, by: By) -> Leave:
    """Return the acts that these proofs carry.

    A partner vouches and does not order: acting for someone takes a grant. A code counts for nothing where
    others may have read it, and alone it never hides, freezes, restores, enrols or touches a way back.
    """
    if by is By.PARTNER:
        return NO_LEAVE
    if STRONGER & set(proofs):
        return _told(Leave(EVERY_ACT, lapses=False), who_else_sees)
    if Proof.CODE in proofs and may_send_to_account(who_else_sees):
        return _told(Leave(BY_CODE_ALONE, lapses=True), who_else_sees)
    return NO_LEAVE


def _told(leave: Leave, who_else_sees: WhoElse) -> Leave:
    if not may_send_to_account(who_else_sees):
        return leave
    return Leave(leave.acts | {ActKind.NOTICE_SEND}, leave.lapses)


def needs_second(given: Collection[GivenProof], *, takes_two: bool) -> bool:
    """Answer whether a second colleague must check: one alone did, and nobody outside showed whose the account is."""
    checks = [proof for proof in given if proof.kind in {Proof.CONTACT, Proof.RESPONDER_CHECK}]
    if not checks or any(proof.kind in {Proof.CODE, Proof.PARTNER_VOUCH} for proof in given):
        return False
    people = {proof.by for proof in checks}
    return len(people) < 2 and (takes_two or any(proof.alone for proof in checks))  # noqa: PLR2004 - two people


def what_one_may_do(leave: Leave) -> Leave:
    """Return what of it one colleague may do alone: what ends by itself, and what only signs out."""
    return Leave(leave.acts & (BY_CODE_ALONE | {ActKind.NOTICE_SEND}), lapses=True)


def check_second(leave: Leave, bundle: Bundle, *, by_code: bool) -> None:
    """Refuse what one colleague alone may not do at all."""
    if not by_code or not leave.acts & set(STEPS[bundle]) - {ActKind.NOTICE_SEND}:
        raise Refused(SECOND_CHECK, SECOND_CHECK_WORDS)


def may_undo(proofs: Collection[Proof], by: By) -> bool:
    """Answer whether an act may be undone: giving access back takes a proof that no hijacker receives."""
    return by is not By.PARTNER and bool(STRONGER & set(proofs))


def given_for_undo(given: Collection[GivenProof], claimed: Collection[Proof], by: By) -> tuple[GivenProof, ...]:
    """Return the proofs that count for giving access back.

    A person says anew how they know that it is wanted: what was checked for locking says nothing about it. For the
    defender, whose own way in no hijacker has, the check counts that was made of them in this conversation.
    """
    return tuple(proof for proof in given if by is not By.PERSON or proof.kind in claimed)


def standing(proofs: Collection[GivenProof], *, bundle: Bundle, now: datetime) -> tuple[GivenProof, ...]:
    """Return the proofs that still count for this bundle. A code counts only for what it was sent for."""
    return tuple(
        proof
        for proof in proofs
        if now - proof.at < PROOF_LASTS[proof.kind] and (proof.kind is not Proof.CODE or proof.bundle is bundle)
    )


def confirms_lock(proofs: Collection[GivenProof]) -> bool:
    """Answer whether a lock that a code allowed may stay: a stronger proof has come."""
    return any(proof.kind in STRONGER for proof in proofs)


def check_leave(leave: Leave, bundle: Bundle) -> None:
    """Refuse a bundle of which nothing may be done, and hiding on anything less than a stronger proof."""
    if not leave.acts:
        raise Refused(
            "proof.missing", "Nobody has shown yet that this account is theirs. Check it in one of the ways listed."
        )
    if not leave.acts & set(STEPS[bundle]) - {ActKind.NOTICE_SEND}:
        raise Refused("proof.too-weak", "A code alone cannot do this. A person must check first; ask for it here.")


def check_lapsing(leave: Leave, *, by_code: bool) -> None:
    """Refuse what only a code carries where the platform cannot do it: what does not come back would be done alone."""
    if leave.lapses and not by_code:
        raise Refused(
            "proof.no-lock-by-code",
            "Nothing was done: this platform cannot end a lock by itself, so a code alone locks nothing there. "
            "A person must check that the account is theirs.",
        )


def lock_needs_a_person(*, by: By, last_locked_at: datetime | None, knows_earlier: bool, now: datetime) -> bool:
    """Answer whether a lock must wait for a person: a second one within seven days, or where nobody can tell."""
    if by is By.PERSON:
        return False
    if last_locked_at is None:
        return not knows_earlier
    return now - last_locked_at < SECOND_LOCK_WITHIN


def try_again_after(tries: int) -> timedelta:
    """Return how long to leave a silent platform alone: 15 s, doubling, at most five minutes."""
    doubled = timedelta(seconds=15 * (1 << min(tries, 8)))
    return min(doubled, timedelta(minutes=5))
