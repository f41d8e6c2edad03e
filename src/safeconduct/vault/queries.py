"""What a ring may ask of the vault without opening anything."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import Envelope, Wrap
from safeconduct.vault.values import EnvelopeKind


def openable(ring: Keyring) -> "QuerySet[Wrap, UUID]":
    """Return the ids of the envelopes whose key is wrapped to a key now on this ring, each once, ready for ``__in``."""
    return Wrap.objects.filter(mark__in=ring.marks).values_list("envelope_id", flat=True).distinct().order_by()


def recipients_of(envelope: UUID) -> set[UUID]:
    """Return the recipient ids an envelope's key is wrapped for; blind ids among them name nobody."""
    return set(Wrap.objects.filter(envelope_id=envelope).values_list("recipient", flat=True))


def recipients_of_each(envelopes: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the recipient ids of each of these envelopes; of those that are gone, none."""
    found: dict[UUID, set[UUID]] = {each: set() for each in envelopes}
    for envelope, recipient in Wrap.objects.filter(envelope_id__in=envelopes).values_list("envelope_id", "recipient"):
        found[envelope].add(recipient)
    return found


def wrapped_to(recipient_ids: Collection[UUID]) -> "QuerySet[Wrap, UUID]":
    """Return the ids of the envelopes whose key is still wrapped to one of these, ready for ``__in``."""
    return Wrap.objects.filter(recipient__in=recipient_ids).values_list("envelope_id", flat=True).distinct().order_by()


def is_anything_of(kind: EnvelopeKind) -> bool:
    """Return whether any envelope of this kind is there, whoever may open it."""
    return Envelope.objects.filter(kind=kind.value).exists()


def opened_by_these_alone(mine: Collection[UUID], others: Collection[UUID]) -> dict[EnvelopeKind, int]:
    """Count the envelopes, by kind, that are wrapped to some of ``mine`` and to none of ``others``.

    A reporter's key is in neither: whoever holds it goes on reading, but answers nobody here.
    """
    found = Envelope.objects.filter(Exists(Wrap.objects.filter(envelope=OuterRef("pk"), recipient__in=mine)))
    found = found.exclude(Exists(Wrap.objects.filter(envelope=OuterRef("pk"), recipient__in=others)))
    counted = found.order_by().values_list("kind").annotate(how_many=Count("pk"))
    return {EnvelopeKind(kind): how_many for kind, how_many in counted}
