"""The signed roster: two custodians vouch for whose key is whose. Everything handed out is checked against it here."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
Signed = Iterable[tuple[UUID, bytes]]  # who signed, and how


@dataclass(frozen=True)
class Vouched:
    """How one entry stands. ``changed`` names what differs from the words that were signed.

    ``words`` are the newest that two custodians really signed, whatever the rows say; empty where there are none.
    """

    standing: Standing
    signers: frozenset[UUID] = frozenset()
    changed: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    only_more_teams: bool = False

    @property
    def ready(self) -> bool:
        """Return whether keys may be handed to this entry's holder."""
        return self.standing is Standing.READY

    @property
    def known(self) -> bool:
        """Return whether key, names, roles and country are as signed, even while one team more waits for signatures.

        Such a member goes on working with what they have; the keys of teams are given to those who are ready alone.
        """
        return self.ready or (self.standing is Standing.WAITING and self.only_more_teams)


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
    if entry is None:
        # The pins are kept outside the database: they know that there was one.
        gone = pins.oldest_allowed(subject.id) > 0
        return Vouched(Standing.CHANGED, changed=("everything",)) if gone else Vouched(Standing.INVITED)
    words = signed_words(entry, pins)
    if key is None or (isinstance(subject, Member) and subject.confirmed_at is None):
        return Vouched(Standing.INVITED, words=words)
    now = statement_about(subject, key, entry.revision)
    if now != entry.statement:
        return Vouched(Standing.CHANGED, changed=_differences(now, entry.statement), words=words)
    if entry.revision < pins.oldest_allowed(subject.id):
        return Vouched(Standing.CHANGED, changed=("revision",), words=words)
    return _unchanged(entry, pins, words)


def _unchanged(entry: RosterEntry, pins: Pins, words: Mapping[str, Any]) -> Vouched:
    signers, now = signers_of(entry.statement, signatures_of(entry), pins), entry.statement
    if len(signers) >= SIGNATURES_NEEDED:
        return Vouched(Standing.READY, signers, words=words)
    more = _only_more_teams(words, _read(now))
    return Vouched(Standing.WAITING, signers, changed=_meant(now, words), words=words, only_more_teams=more)


def signed_words(entry: RosterEntry, pins: Pins) -> Mapping[str, Any]:
    """Return the newest words of an entry under which two pinned custodians' signatures stand, or nothing."""
    for statement, signed in (
        (entry.statement, signatures_of(entry)),
        (entry.last_signed, [(UUID(one), bytes.fromhex(mark)) for one, mark in entry.last_signatures]),
    ):
        if len(signers_of(statement, signed, pins)) >= SIGNATURES_NEEDED and (words := _read(statement)):
            own = (words["subject"], words["context"]) == (str(entry.subject), settings.SAFECONDUCT_CONTEXT)
            if own and words["revision"] >= pins.oldest_allowed(entry.subject):
                return words
    return {}


def signatures_of(entry: RosterEntry) -> Signed:
    """Return the signatures under the present statement."""
    return [(made.custodian, bytes(made.signature)) for made in entry.signatures.all()]


def signers_of(statement: str, signed: Signed, pins: Pins) -> frozenset[UUID]:
    """Return the pinned custodians whose signature fits a statement."""
    text = statement.encode()
    return frozenset(
        custodian
        for custodian, signature in signed
        if any(_verifies(key, signature, text) for key in pins.keys_of(custodian))
    )


# What was verified once is true for good, and every report asks for every entry.
@lru_cache(maxsize=4096)
def _verifies(key: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _differences(now: str, signed: str) -> tuple[str, ...]:
    before = _read(signed)
    return _unlike(before, _read(now)) if before else ("everything",)


def _meant(now: str, signed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a renewed statement says otherwise than the last signed one, besides its key and its number."""
    if not signed:
        return ()
    return tuple(word for word in _unlike(signed, _read(now)) if word not in {"revision", "recipient", "key"})


def _only_more_teams(signed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    # Never fewer: somebody taken out of a team in the table would slip past those who exclude that team.
    if not signed or set(signed.get("teams", ())) - set(now.get("teams", ())):
        return False
    return set(_unlike(signed, now)) <= {"revision", "teams"}


def _unlike(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(word for word in before.keys() | after.keys() if before.get(word) != after.get(word)))


def _read(statement: str) -> dict[str, Any]:
    try:
        words = json.loads(statement)
    except ValueError:
        return {}
    return words if isinstance(words, dict) else {}
