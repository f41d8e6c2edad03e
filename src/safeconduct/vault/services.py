"""The vault's verbs. Each call is one transaction and leaves one audit entry; every verb that opens says why."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import confiding, keypairs, ledger
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.labels import KEY_BYTES, bound
from safeconduct.vault.marks import mark
from safeconduct.vault.models import Envelope, Wrap
from safeconduct.vault.opened import Opened
from safeconduct.vault.values import DoesNotOpen, EnvelopeKind, Recipient, ReporterKey


@transaction.atomic
def wrap(
    envelope: UUID, kind: EnvelopeKind, *, to: Sequence[Recipient], reporter: ReporterKey | None, by: Actor
) -> Opened:
    """Make a new envelope with a fresh key, wrap the key for each recipient, and return it opened."""
    recipients = [*to, _recipient(reporter)] if reporter else [*to]
    _check_readers({recipient.id for recipient in recipients})

    key = secrets.token_bytes(KEY_BYTES)
    made = Envelope.objects.create(id=envelope, kind=kind.value)
    _wrap_for(made, key, recipients)

    audit.record(by, "vault.wrapped", envelope)
    return Opened(envelope, key)


@transaction.atomic
def open(envelopes: Iterable[UUID], *, ring: Keyring, why: str) -> dict[UUID, Opened]:  # noqa: A001 - the vault's own verb
    """Open those of the envelopes that this ring can open, and leave one audit entry for all of them."""
    opened = {envelope: Opened(envelope, key) for envelope, key in _keys(set(envelopes), ring)}
    if not opened:
        return {}

    subject = next(iter(opened)) if len(opened) == 1 else ring.actor.id or new_id()
    facts = confiding.under_all(opened.values(), why=why, envelopes=_digest(opened))
    audit.record(ring.actor, "vault.opened", subject, facts=facts)
    return opened


def open_one(envelope: UUID, *, ring: Keyring, why: str) -> Opened:
    """Open one envelope, or raise ``NotAllowed``, alike whether it is missing or not for this ring."""
    opened = open([envelope], ring=ring, why=why)
    if envelope not in opened:
        raise NotAllowed
    return opened[envelope]


@transaction.atomic
def rewrap(envelope: UUID, *, ring: Keyring, add: Sequence[Recipient], drop: Collection[UUID], by: Actor) -> None:
    """Wrap the key for those added, with their present key, and delete the wraps of those dropped and not added."""
    locked = Envelope.objects.select_for_update().filter(pk=envelope).first()
    key = dict(_keys({envelope}, ring)).get(envelope)
    if locked is None or key is None:
        raise NotAllowed
    added = {recipient.id for recipient in add}
    remaining = set(locked.wraps.exclude(recipient__in=set(drop) | added).values_list("recipient", flat=True))
    _check_readers(remaining | added)

    locked.wraps.filter(recipient__in=set(drop) | added).delete()
    _wrap_for(locked, key, add)

    facts = confiding.under(Opened(envelope, key), added=len(added), dropped=len(set(drop) - added))
    audit.record(by, "vault.rewrapped", envelope, facts=facts)


@transaction.atomic
def destroy(envelope: UUID, *, by: Actor) -> None:
    """Delete every wrapped key of an envelope. Once earlier backups are gone, nobody opens what it protected."""
    if not Envelope.objects.filter(pk=envelope).exists():
        raise NotAllowed
    destroy_all([envelope], by=by)


@transaction.atomic
def destroy_all(envelopes: Collection[UUID], *, by: Actor, also: Collection[UUID] = ()) -> None:
    """Delete every wrapped key of these envelopes, and make the record about them and about ``also`` mute.

    Call it last: the ledger's line, by which a restored backup loses the same again, stands before the commit. Ids
    that name no envelope do no harm.
    """
    going = Envelope.objects.select_for_update().filter(pk__in=envelopes)
    going_ids = sorted(going.values_list("id", flat=True))

    Wrap.objects.filter(envelope_id__in=going_ids).delete()
    going.delete()
    audit.mute({*envelopes, *also})

    for each in going_ids:
        audit.record(by, "vault.destroyed", each)
    ledger.note(ledger.DESTROYED, {*envelopes, *also})


def destroy_again(ids: Collection[UUID]) -> None:
    """Delete after a restore what the ledger says was destroyed, without a word in the record: it stands there."""
    Envelope.objects.filter(pk__in=ids).delete()
    audit.mute(ids)


def unwrap_again(envelope: UUID, recipient: UUID) -> None:
    """Take a wrapped key away after a restore, as the ledger says that it was taken away before."""
    Wrap.objects.filter(envelope_id=envelope, recipient=recipient).delete()


def _check_readers(recipient_ids: Collection[UUID]) -> None:
    """Refuse an envelope that nobody here could read: a reporter's or an organisation's key alone would strand it."""
    if not any(Recipient(id=each, public_key=b"").is_blind is False for each in recipient_ids):
        sentence = "Nobody here would be able to read this. Name at least one person or team that may."
        raise Refused("vault.no-recipient", sentence)


def _recipient(reporter: ReporterKey) -> Recipient:
    return Recipient(id=reporter.recipient_id, public_key=keypairs.public_key(reporter.key))


def _wrap_for(envelope: Envelope, key: bytes, recipients: Iterable[Recipient]) -> None:
    Wrap.objects.bulk_create(
        Wrap(
            envelope=envelope,
            recipient=recipient.id,
            mark=mark(recipient),
            sealed=keypairs.hpke_seal(recipient.public_key, key, _purpose(envelope.id, envelope.kind, recipient.id)),
        )
        for recipient in {recipient.id: recipient for recipient in recipients}.values()
    )


def _keys(envelopes: set[UUID], ring: Keyring) -> Iterator[tuple[UUID, bytes]]:
    """Yield what the ring opens. A wrap that was tampered with is passed over: another may still serve."""
    found = Wrap.objects.filter(envelope_id__in=envelopes, mark__in=ring.marks).select_related("envelope")
    for each in found:
        info = _purpose(each.envelope_id, each.envelope.kind, each.recipient)
        try:
            yield each.envelope_id, ring.unwrap(each.recipient, bytes(each.sealed), info)
        except DoesNotOpen:
            continue


def _purpose(envelope: UUID, kind: str, recipient: UUID) -> bytes:
    return bound("wrap", envelope, kind, recipient)


def _digest(envelopes: Iterable[UUID]) -> str:
    return sha256(b"".join(sorted(envelope.bytes for envelope in envelopes))).hexdigest()
