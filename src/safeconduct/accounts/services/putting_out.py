"""Who may put out, or give new words to, someone on whom the others rest: no lead alone empties the roster."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.accounts import desks, pins, roster
from safeconduct.accounts.models import Member, RosterEntry, SigningKey
from safeconduct.accounts.queries import opened_by_them_alone
from safeconduct.accounts.rules import SIGNATURES_NEEDED
from safeconduct.accounts.services.signing import signing_seed
from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import NotAllowed, Refused

UNREADABLE = "unreadable"
READS_ALONE = (
    "This person alone can open something kept here, and nobody could read it any more. Ask them to sign in once: "
    "everyone who may read it gets the keys then. What is left they hand over. If they are gone for good, a lead and a "
    "custodian do this together at the machine, where it says how much is lost."
)
RESTING_ON = frozenset({Role.LEAD.value, Role.CUSTODIAN.value})


@dataclass(frozen=True)
class Agreement:
    """A custodian who agrees, with the words that only they have: a session left open agrees to nothing.

    ``word`` is ``UNREADABLE`` where they also agree that what only this person opens is read by nobody any more.
    """

    custodian: Desk
    passphrase: str = field(repr=False)
    word: str = ""


def needs_custodian(member_id: UUID) -> bool:
    """Answer whether a custodian must agree before this member is put out or given new words.

    What was signed counts beside what the row says, so that a role taken out of the table opens no shorter way.
    """
    member = Member.objects.filter(id=member_id).first()
    return member is not None and bool(RESTING_ON & (set(member.roles) | _signed_roles(member_id)))


def agreeing_custodian(member_id: UUID, agreement: Agreement | None, *, by: Desk) -> Desk | None:
    """Return the custodian who agrees, or None where none must; refuse whoever is concerned, and wrong words.

    It spends a slow hash, so it is called before a transaction begins.
    """
    if agreement is None or not (agreement.word or needs_custodian(member_id)):
        return None
    return agreed_apart_from({member_id, by.member_id}, agreement)


def agreed_apart_from(concerned: Collection[UUID], agreement: Agreement) -> Desk:
    """Return the custodian who agrees, if none of those concerned; refuse wrong words."""
    custodian = agreement.custodian
    custodian.must(Role.CUSTODIAN)
    if custodian.member_id in concerned:
        raise NotAllowed
    signing_seed(custodian, agreement.passphrase)
    return custodian


def record_agreement(member_id: UUID, custodian: Desk | None) -> None:
    """Refuse to touch a lead or a custodian to whom no custodian agreed, and record who did."""
    if not needs_custodian(member_id):
        return
    if custodian is None:
        sentence = "This is a lead or a custodian. A custodian must agree, with their own six words."
        raise Refused("member.custodian-must-agree", sentence)
    audit.record(desks.own_actor(custodian), "member.custodian-agreed", member_id)


def check_somebody_reads_on(member_id: UUID, *, by: Desk, agreed: Desk | None, words: Collection[str]) -> None:
    """Refuse to take the keys of whoever alone opens something, unless a lead and a custodian typed that it may be so.

    Called in the transaction, before anything is changed. The record says of both that something is read by nobody now.
    """
    # Locked, and always in one order: two removals at once must not each count on the other's person.
    [*Member.objects.select_for_update().order_by("id").values_list("id", flat=True)]
    alone = opened_by_them_alone(member_id)
    if not alone:
        return
    if agreed is None or {*words} != {UNREADABLE}:
        raise Refused("member.reads-alone", READS_ALONE)
    for one in (by, agreed):
        audit.record(desks.own_actor(one), "member.left-unreadable", member_id)


def check_custodians_remain(member_id: UUID) -> None:
    """Refuse to put out a custodian unless two whose signatures count would stay."""
    if member_id not in pins.kept_pins().custodians:
        return
    if len(standing_custodians() - {member_id}) < SIGNATURES_NEEDED:
        sentence = "Fewer than two custodians would be left, and nobody could sign. Invite and pin another one first."
        raise Refused("custodian.too-few", sentence)


def standing_custodians() -> set[UUID]:
    """Return the custodians whose signatures count and who stand as they were signed."""
    pinned = pins.kept_pins().custodians
    # Locked, and always in one order: two removals at once must not each count on the other's custodian.
    people = [*Member.objects.select_for_update().filter(id__in=pinned, removed_at__isnull=True).order_by("id")]
    standing = roster.vouched(people)
    live = SigningKey.objects.filter(member__in=people, retired_at__isnull=True)
    return {key.member_id for key in live if standing[key.member_id].ready and _is_pinned(key, pinned)}


def _is_pinned(key: SigningKey, pinned: dict[UUID, bytes]) -> bool:
    return bytes(key.public_key) == pinned[key.member_id]


def _signed_roles(member_id: UUID) -> set[str]:
    pinned = {Role.CUSTODIAN.value} if member_id in pins.kept_pins().custodians else set()
    entry = RosterEntry.objects.filter(subject=member_id).first()
    try:
        return pinned | set(json.loads(entry.statement).get("roles", ()) if entry else ())
    except ValueError:
        # An entry that somebody spoilt says nothing, so the longer way is taken.
        return pinned | RESTING_ON
