"""Telling a partner's own system that something is waiting: no case, no content, signed, tried again for a day."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction
from pydantic import TypeAdapter

from safeconduct.accounts.values import Desk
from safeconduct.audit.services import record
from safeconduct.connectors.outside import Outside, checked_base
from safeconduct.connectors.signatures import OurKey, sign
from safeconduct.domains.partners import queries
from safeconduct.domains.partners.models import Bell, Hook, Organisation
from safeconduct.domains.partners.rules import BELL_WAITS
from safeconduct.domains.partners.services.actors import member_actor
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.kernel.keyfile import secret_file
from safeconduct.vault import DoesNotOpen, outbox

HOOK_KEY_ID = "safeconduct-hooks"
ORGANISATIONS_A_ROUND = 20
RESEALED_AFTER = timedelta(minutes=20)

log = structlog.get_logger()


@dataclass(frozen=True)
class Errand:
    """One bell as it travels to the worker."""

    organisation_id: UUID
    tries: int
    not_before: datetime


_ERRAND: TypeAdapter[Errand] = TypeAdapter(Errand)


@transaction.atomic
def set_hook(address: str, *, by: Desk) -> None:
    """Say where the organisation is told. The address is checked again, and pinned, each time it is used."""
    organisation = queries.organisation_for(by)
    checked = checked_base(address.strip(), allow_private=settings.DEMONSTRATION)
    Hook.objects.update_or_create(
        organisation_id=organisation.id, defaults={"address": checked, "made_at": clock.this_minute()}
    )
    record(member_actor(by), "partner.hook-set", organisation.id)


@transaction.atomic
def unset_hook(*, by: Desk) -> None:
    """Tell the organisation nothing by itself any more."""
    organisation = queries.organisation_for(by)
    Hook.objects.filter(organisation_id=organisation.id).delete()
    record(member_actor(by), "partner.hook-unset", organisation.id)


def ring_bell(organisation: str) -> bool:
    """Order a bell for the organisation of this name, if it wants any. Without a worker awake, none is rung.

    Takes the name, because that is what a case keeps, sealed; whoever writes to a partner has it open.
    """
    row = Organisation.objects.filter(name=organisation, hook__isnull=False).first()
    if row is None or not queries.footing_of(row).may_enter():
        return False
    try:
        _put(Errand(row.id, 0, clock.now()))
    except Unavailable:
        # Nothing may fail because a bell did: the partner finds its answer when it looks.
        log.info("bell.not-rung")
        return False
    return True


def deliver_bells() -> int:
    """Ring what is due and return how many were heard. Several for one organisation are rung once."""
    due: dict[UUID, list[tuple[UUID, Errand]]] = {}
    # All are looked at and few are rung: those that wait must neither hold up the others nor outlive their key.
    for bell in Bell.objects.order_by("sealed_at", "id"):
        errand = _opened(bell)
        if errand and errand.not_before <= clock.now():
            due.setdefault(errand.organisation_id, []).append((bell.id, errand))
        elif errand:
            _keep_alive(bell, errand)
    return sum(_deliver(bells) for bells in islice(due.values(), ORGANISATIONS_A_ROUND))


def verify_key_pem() -> str:
    """Return the public key with which a partner checks that a bell is ours."""
    return _our_key().private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _opened(bell: Bell) -> Errand | None:
    try:
        return _ERRAND.validate_json(outbox.open_order(bell.outbox_key_id, bytes(bell.sealed)))
    except DoesNotOpen:
        if not outbox.is_living(bell.outbox_key_id):
            bell.delete()
        return None


def _keep_alive(bell: Bell, errand: Errand) -> None:
    # The worker's key lives an hour and a bell may wait longer, so it is sealed again to the next one.
    if clock.now() - bell.sealed_at >= RESEALED_AFTER:
        with transaction.atomic():
            bell.delete()
            _put(errand)


def _deliver(bells: list[tuple[UUID, Errand]]) -> bool:
    _, last = max(bells, key=lambda bell: bell[1].not_before)
    heard = _ring(last.organisation_id)
    with transaction.atomic():
        Bell.objects.filter(pk__in=[bell_id for bell_id, _ in bells]).delete()
        if not heard and last.tries < len(BELL_WAITS):
            _put(Errand(last.organisation_id, last.tries + 1, clock.now() + BELL_WAITS[last.tries]))
    return heard


def _ring(organisation_id: UUID) -> bool:
    address = Hook.objects.filter(pk=organisation_id).values_list("address", flat=True).first()
    if address is None:
        return True
    words = {"event": "something-waiting", "id": str(new_id()), "at": clock.this_minute().isoformat()}
    try:
        with Outside(address, allow_private=settings.DEMONSTRATION) as outside:
            request = outside.request("", json.dumps(words).encode(), headers={"Content-Type": "application/json"})
            sign(request, key=_our_key())
            return 200 <= outside.send(request).status_code < 300  # noqa: PLR2004 - any 2xx means heard
    except (Unavailable, Refused):
        return False


def _put(errand: Errand) -> None:
    key_id, sealed = outbox.seal_order(_ERRAND.dump_json(errand))
    Bell.objects.create(outbox_key_id=key_id, sealed=sealed, sealed_at=clock.this_minute())


def _our_key() -> OurKey:
    seed = secret_file(settings.DATA / "keys" / "hooks.key")
    return OurKey(HOOK_KEY_ID, Ed25519PrivateKey.from_private_bytes(seed))
