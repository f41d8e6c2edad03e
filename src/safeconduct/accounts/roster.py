"""The signed roster: two custodians vouch for whose key is whose. Everything handed out is checked against it here."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from safeconduct.accounts.models import KeyPair, Member, RosterEntry, Team
from safeconduct.accounts.pins import Pins, kept_pins
from safeconduct.accounts.rules import SIGNATURES_NEEDED
from safeconduct.accounts.values import Standing

Subject = Member | Team


@dataclass(frozen=True)
class Vouched:
    """How one entry stands. ``changed`` names what differs from the words that were signed."""

    standing: Standing
    signers: frozenset[UUID] = frozenset()
    changed: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Return whether keys may be handed to this entry's holder."""
        return self.standing is Standing.READY


def fingerprint(public_key: bytes) -> str:
    """Return the SHA-256 of a public key in groups that two people can read to each other."""
    text = sha256(bytes(public_key)).hexdigest()
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def statement_about(subject: Subject, key: KeyPair, revision: int) -> str:
    """Return the exact text that custodians sign. It says everything on which handing out keys depends."""
    own = _member_words(subject) if isinstance(subject, Member) else _team_words(subject)
    words = own | {
        "context": settings.SAFECONDUCT_CONTEXT,
        "subject": str(subject.id),
        "revision": revision,
        "recipient": str(key.id),
        "key": sha256(bytes(key.public_key)).hexdigest(),
    }
    return json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _member_words(member: Member) -> dict[str, Any]:
    return {
        "about": "member",
        "kind": member.kind,
        "names": [member.display_name, member.sign_in_name],
        "roles": sorted(member.roles),
        "country": member.country,
        "organisation": str(member.organisation_id or ""),
        "teams": sorted(member.planned_teams),
    }


def _team_words(team: Team) -> dict[str, Any]:
    return {"about": "team", "kind": team.kind, "name": team.name, "country": team.country}


def vouched(subjects: Iterable[Subject]) -> dict[UUID, Vouched]:
    """Say of each member or team whether two pinned custodians signed exactly what its rows say now."""
    found = {subject.id: subject for subject in subjects}
    pins = kept_pins()
    entries = {entry.subject: entry for entry in _entries(found)}
    keys = current_keys(found)
    return {one: _standing(subject, keys.get(one), entries.get(one), pins) for one, subject in found.items()}


def _entries(subjects: Mapping[UUID, Subject]) -> Iterable[RosterEntry]:
    return RosterEntry.objects.filter(subject__in=subjects).prefetch_related("signatures")


def current_keys(holders: Iterable[UUID]) -> dict[UUID, KeyPair]:
    """Return the key pair in force of each member or team, by the holder's id."""
    ids = list(holders)
    live = KeyPair.objects.filter(superseded_at__isnull=True)
    found = [*live.filter(member_id__in=ids), *live.filter(team_id__in=ids)]
    return {key.member_id or key.team_id: key for key in found}  # type: ignore[misc] # a constraint: one of them is set


def _standing(subject: Subject, key: KeyPair | None, entry: RosterEntry | None, pins: Pins) -> Vouched:
    if isinstance(subject, Member) and subject.removed_at:
        return Vouched(Standing.REMOVED)
    if key is None or entry is None or (isinstance(subject, Member) and subject.confirmed_at is None):
        return Vouched(Standing.INVITED)
    now = statement_about(subject, key, entry.revision)
    if now != entry.statement:
        return Vouched(Standing.CHANGED, changed=_differences(now, entry.statement))
    if entry.revision < pins.oldest_allowed(subject.id):
        return Vouched(Standing.CHANGED, changed=("revision",))
    signers = _signers(entry, pins)
    return Vouched(Standing.READY if len(signers) >= SIGNATURES_NEEDED else Standing.WAITING, signers)


def _signers(entry: RosterEntry, pins: Pins) -> frozenset[UUID]:
    text = entry.statement.encode()
    return frozenset(
        made.custodian
        for made in entry.signatures.all()
        if any(_verifies(key, bytes(made.signature), text) for key in pins.keys_of(made.custodian))
    )


def _verifies(key: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _differences(now: str, signed: str) -> tuple[str, ...]:
    try:
        before: dict[str, Any] = json.loads(signed)
    except ValueError:
        return ("everything",)
    after: dict[str, Any] = json.loads(now)
    return tuple(sorted(word for word in before.keys() | after.keys() if before.get(word) != after.get(word)))
