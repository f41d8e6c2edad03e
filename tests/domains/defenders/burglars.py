"""What custodians could do who meet with every key they hold and the whole database: try everything with everything."""

from collections.abc import Iterable, Iterator
from itertools import product
from uuid import UUID

from safeconduct.accounts import keys
from safeconduct.accounts.models import KeyPair, Member, TeamKeyShare
from safeconduct.domains.defenders.models import Asking, Identity
from safeconduct.domains.defenders.papers import PARTICULARS
from safeconduct.vault import halves, keypairs
from safeconduct.vault.labels import bound, derived
from safeconduct.vault.models import Wrap
from safeconduct.vault.opened import Opened
from safeconduct.vault.values import DoesNotOpen
from tests.programme import Programme

NOTHING = bytes(32)


def seeds_of(programme: Programme, *people: str) -> set[bytes]:
    """Return every key these people hold: their own, from their words, and each team's ever wrapped to them."""
    found = set()
    for name in people:
        joined = programme.founded.person(name)
        kek = keys.kek_of(Member.objects.get(id=joined.member_id), joined.passphrase)
        assert kek is not None
        own = KeyPair.objects.get(member_id=joined.member_id, superseded_at__isnull=True)
        found.add(seed := keys.opened_seed(own, kek))
        for share in TeamKeyShare.objects.all():
            found |= set(_tried(seed, bytes(share.wrapped_seed), keys.share_binding(share.key_id, share.wrapped_to)))
    return found


def secrets_from(seeds: Iterable[bytes]) -> set[bytes]:
    """Return all that these keys open anywhere in the database, as it is and as each half or key that comes of it."""
    found: set[bytes] = set()
    for seed, wrap in product(seeds, Wrap.objects.select_related("envelope")):
        info = bound("wrap", wrap.envelope_id, wrap.envelope.kind, wrap.recipient)
        for key in _tried(seed, bytes(wrap.sealed), info):
            found |= {key, *(derived(key, halves.PURPOSE, each) for each in _every_id())}
    for seed, asking in product(seeds, Asking.objects.select_related("identity")):
        for sealed, half in product((asking.sealed_half_a, asking.sealed_half_b), _halves(asking.identity)):
            for to in KeyPair.objects.values_list("id", flat=True):
                found |= set(_tried(seed, bytes(sealed), bound("handed half", asking.id, half, to)))
    return found | set(seeds) | {NOTHING}


def identities_opened_with(secrets: Iterable[bytes]) -> set[UUID]:
    """Return the identities that any two of these secrets open, tried as either half, or any one as the whole key."""
    kept = set(secrets)
    return {one.id for one in Identity.objects.all() if opens(one, kept)}


def opens(identity: Identity, secrets: set[bytes]) -> bool:
    """Answer whether any two of these secrets open an identity, tried as either half, or one as the whole key."""
    whole = (Opened(identity.id, each) for each in secrets)
    joined = (halves.joined(identity.id, a, b) for a, b in product(secrets, secrets))
    return any(_reads(identity, each) for each in (*whole, *joined))


def _reads(identity: Identity, opened: Opened) -> bool:
    try:
        PARTICULARS.read(identity.sealed, opened, identity.id)
    except DoesNotOpen:
        return False
    return True


def _tried(seed: bytes, sealed: bytes, info: bytes) -> Iterator[bytes]:
    try:
        yield keypairs.hpke_open(seed, sealed, info)
    except DoesNotOpen:
        return


def _every_id() -> set[UUID]:
    return {each for one in Identity.objects.all() for each in (one.id, one.book, *_halves(one))}


def _halves(identity: Identity) -> tuple[UUID, UUID]:
    return identity.half_a, identity.half_b
