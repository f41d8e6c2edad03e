"""Where each sealed field of safety lives, and what opens it: the case's envelope, or the record key of an order."""

import base64
import secrets
from uuid import UUID

from safeconduct.connectors.port import Snapshot
from safeconduct.domains.safety.records import EVIDENCE, PARCEL, RECORD, EvidenceKept, Parcel, Record
from safeconduct.vault import Place, boxes, outbox

RECORD_KEY_BYTES = 32


def place_of(table: str, row: UUID, field: str) -> Place:
    """Return where a field lives: it opens nowhere else."""
    return Place(f"safety_{table}", row, field)


def new_record_key() -> bytes:
    """Return a key for one order's record."""
    return secrets.token_bytes(RECORD_KEY_BYTES)


def seal_record(record: Record, *, key: bytes, order_id: UUID, revision: int) -> bytes:
    """Seal what came of an order; an older revision cannot be passed off as this one."""
    return boxes.sealed_under(key, RECORD.dump_json(record), _record_place(order_id, revision))


def read_record(sealed: bytes, *, key: bytes, order_id: UUID, revision: int) -> Record:
    """Open what came of an order."""
    return RECORD.validate_json(boxes.opened_under(key, sealed, _record_place(order_id, revision)))


def seal_parcel(parcel: Parcel) -> tuple[UUID, bytes]:
    """Seal what a worker needs to the newest living worker; ``Unavailable`` if none is awake."""
    return outbox.seal_order(PARCEL.dump_json(parcel))


def seal_evidence(snapshot: Snapshot, *, key: bytes, order_id: UUID) -> bytes:
    """Seal what the platform showed before the first act."""
    kept = EvidenceKept(
        content=base64.b64encode(snapshot.content).decode(),
        media_type=snapshot.media_type,
        taken_at=snapshot.taken_at,
        sha256=snapshot.sha256,
        note=snapshot.note,
        ciphertext_only=snapshot.ciphertext_only,
    )
    return boxes.sealed_under(key, EVIDENCE.dump_json(kept), place_of("evidence", order_id, "sealed"))


def read_evidence(sealed: bytes, *, key: bytes, order_id: UUID) -> Snapshot:
    """Open what the platform showed before the first act."""
    kept = EVIDENCE.validate_json(boxes.opened_under(key, sealed, place_of("evidence", order_id, "sealed")))
    return Snapshot(
        content=base64.b64decode(kept.content),
        media_type=kept.media_type,
        taken_at=kept.taken_at,
        sha256=kept.sha256,
        note=kept.note,
        ciphertext_only=kept.ciphertext_only,
    )


def _record_place(order_id: UUID, revision: int) -> Place:
    return Place("safety_bundleorder", order_id, "sealed_record", revision)
