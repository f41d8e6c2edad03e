"""What was taken away from people stays so after a restore: noted outside the database, and taken away once more.

Owns the ledger's lines about people and keys. Must never leave a programme to which nobody could be let in, or destroy
the only key to something: whoever cannot be put out again for such a reason is named instead. Flows in: ids, after each
removal; after a restore the ledger's lines. Flows out: lines of opaque ids; rows as they were after the removals.
Called by the verbs of this room, doctor, and by restores through the wiring.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import pins
from safeconduct.accounts.models import KeyPair, Member, Passkey, ProviderLink, Team
from safeconduct.accounts.queries import opened_by_them_alone
from safeconduct.accounts.rules import SIGNATURES_NEEDED
from safeconduct.accounts.services.leaving import close_way_in, put_out, revision_past
from safeconduct.accounts.services.putting_out import standing_custodians
from safeconduct.accounts.services.supersession import KEYS_ENDED
from safeconduct.accounts.services.teams import new_key_for_the_rest
from safeconduct.accounts.values import Role
from safeconduct.audit import services as audit
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused
from safeconduct.vault import ledger
from safeconduct.vault.labels import as_id
from safeconduct.vault.ledger import Line

PUT_OUT, KEYS = "accounts.put-out", KEYS_ENDED
# The second gives back what the first took.
UNPINNED, PINNED = "accounts.unpinned", "accounts.pinned"
PASSKEYS, LINKS = "accounts.passkeys-ended", "accounts.links-ended"

NOBODY_LEADS = "nobody else who leads could come in"
NOBODY_SIGNS = "fewer than two custodians could sign"
NOBODY_READS = "what they alone can open would be lost"
NO_OTHER_KEY = "nobody of the team could be given a new key"


@dataclass(frozen=True)
class StillIn:
    """Somebody, or a team's key, that a restore could not take away again. ``name`` is what they are called here."""

    id: UUID
    name: str
    what: str
    why: str


def id_of(public_key: bytes) -> UUID:
    """Return the id under which a custodian's signing key stands in the ledger."""
    return as_id(sha256(public_key).digest()[:16])


@transaction.atomic
def put_out_again(ids: Collection[UUID]) -> None:
    """Put out whoever had been put out since, but for those without whom nobody could go on."""
    for member in Member.objects.filter(id__in=ids, removed_at__isnull=True).order_by("id"):
        if _needed_for(member):
            continue
        barred = revision_past(member.id)
        put_out(member)
        # At once: a restore that is killed after its commit must not be finished with the former pins.
        pins.bar(member.id, barred)
        audit.record(OPERATOR, "member.removed-again", member.id)


@transaction.atomic
def end_keys_again(ids: Collection[UUID]) -> None:
    """Replace keys of teams that had been replaced since, and close the ways in of those who had lost theirs."""
    for key in KeyPair.objects.filter(id__in=ids, superseded_at__isnull=True).order_by("id"):
        if key.team is not None:
            _rekey_again(key.team)
        elif key.member is not None and key.member.verifier:
            _close_again(key.member)


@transaction.atomic
def unpin_again(ids: Collection[UUID]) -> None:
    """Let nothing count that was signed with a key which had been unpinned since, while two others can sign."""
    pinned = pins.kept_pins().custodians
    for custodian in [one for one, key in pinned.items() if id_of(key) in ids]:
        if len(pins.kept_pins().custodians) > SIGNATURES_NEEDED:
            pins.unpin(custodian)
            audit.record(OPERATOR, "custodian.unpinned-again", custodian)


@transaction.atomic
def end_passkeys_again(ids: Collection[UUID]) -> None:
    """Delete passkeys that had been removed since. Whoever has no other second factor asks a lead for a new way in."""
    for row in Passkey.objects.filter(id__in=ids):
        row.delete()
        audit.record(OPERATOR, "member.passkey-removed-again", row.member_id)


@transaction.atomic
def end_links_again(ids: Collection[UUID]) -> None:
    """Unlink whoever had been unlinked from an identity provider since."""
    for row in ProviderLink.objects.filter(id__in=ids):
        row.delete()
        audit.record(OPERATOR, "member.provider-unlinked-again", row.member_id)


@transaction.atomic
def still_in(lines: Sequence[Line]) -> list[StillIn]:
    """Return who and what the ledger says was taken away, and is here all the same."""
    named = ledger.named_in(lines)
    keys = KeyPair.objects.filter(id__in=named[KEYS], superseded_at__isnull=True).select_related("member", "team")
    found = [_still(one, "was put out") for one in Member.objects.filter(id__in=named[PUT_OUT], removed_at=None)]
    found += [_still(key.member, "was given new words") for key in keys if key.member and key.member.verifier]
    found += [_still_known(key.team) for key in keys if key.team]
    pinned = [one for one, key in pins.kept_pins().custodians.items() if id_of(key) in _unpinned(lines)]
    found += [_still(one, "was unpinned") for one in Member.objects.filter(id__in=pinned)]
    return sorted(set(found), key=lambda one: one.name)


def _unpinned(lines: Iterable[Line]) -> set[UUID]:
    """Return the signing keys that were unpinned and not pinned since."""
    found = set[UUID]()
    for line in lines:
        if line.kind == UNPINNED:
            found |= {*line.ids}
        elif line.kind == PINNED:
            found -= {*line.ids}
    return found


def _still(member: Member, what: str) -> StillIn:
    return StillIn(member.id, member.sign_in_name, what, _needed_for(member) or NOBODY_SIGNS)


def _still_known(team: Team) -> StillIn:
    return StillIn(team.id, f"team {team.name}", "was given a new key", NO_OTHER_KEY)


def _needed_for(member: Member) -> str:
    """Return why somebody cannot be put out again, or nothing."""
    others = Member.objects.filter(removed_at__isnull=True).exclude(id=member.id).exclude(verifier=b"")
    if Role.LEAD.value in member.roles and not any(Role.LEAD.value in one.roles for one in others):
        return NOBODY_LEADS
    pinned = member.id in pins.kept_pins().custodians
    if pinned and len(standing_custodians() & {one.id for one in others}) < SIGNATURES_NEEDED:
        return NOBODY_SIGNS
    return NOBODY_READS if opened_by_them_alone(member.id) else ""


def _close_again(member: Member) -> None:
    if not _needed_for(member):
        close_way_in(member)
        audit.record(OPERATOR, "member.way-closed-again", member.id)


def _rekey_again(team: Team) -> None:
    try:
        with transaction.atomic():
            new_key_for_the_rest(team, by=OPERATOR)
    except Refused:
        # Nobody of it is ready for a key; ``still_in`` says so.
        return
