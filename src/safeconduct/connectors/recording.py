"""How an act record is kept: as JSON values, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from safeconduct.connectors.port import ActKind, ActRecord, Result
from safeconduct.connectors.sentences import Sentence


def as_json(record: ActRecord) -> dict[str, Any]:
    """Return the record as JSON values, without the evidence's bytes."""
    return {
        "act": record.act.value,
        "key": str(record.key),
        "platform": record.platform,
        "result": record.result.value,
        "sentence": record.sentence.as_json(),
        "ordered_at": record.ordered_at.isoformat(),
        "platform_ref": record.platform_ref,
        "effective_at": _text(record.effective_at),
        "read_back_at": _text(record.read_back_at),
        "reversible": record.reversible,
        "undo": record.undo.value if record.undo else None,
        "undo_until": _text(record.undo_until),
        "residual": [sentence.as_json() for sentence in record.residual],
        "changed": [sentence.as_json() for sentence in record.changed],
        "evidence_id": record.evidence_id,
    }


def from_json(kept: Mapping[str, Any]) -> ActRecord:
    """Return the record that ``as_json`` kept; its evidence is kept elsewhere."""
    return ActRecord(
        act=ActKind(kept["act"]),
        key=UUID(kept["key"]),
        platform=kept["platform"],
        result=Result(kept["result"]),
        sentence=Sentence.from_json(kept["sentence"]),
        ordered_at=datetime.fromisoformat(kept["ordered_at"]),
        platform_ref=kept["platform_ref"],
        effective_at=_moment(kept["effective_at"]),
        read_back_at=_moment(kept["read_back_at"]),
        reversible=kept["reversible"],
        undo=ActKind(kept["undo"]) if kept["undo"] else None,
        undo_until=_moment(kept["undo_until"]),
        residual=tuple(Sentence.from_json(sentence) for sentence in kept["residual"]),
        changed=tuple(Sentence.from_json(sentence) for sentence in kept["changed"]),
        evidence_id=kept["evidence_id"],
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
