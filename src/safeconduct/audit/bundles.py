"""The proof file that leaves the house: its form, and reading one that came from anywhere. Plain Python."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.audit.leaves import Facts, Leaf, committed, leaf_from
from safeconduct.audit.tree import HASH_BYTES
from safeconduct.kernel.errors import Refused

FORMAT = "safeconduct-proof-1"
LONGEST = 20_000_000
# What reading JSON of an unknown hand can run into.
UNSOUND = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Told:
    """What an entry was committed to when it was written, and the salt that shows it."""

    salt: bytes
    facts: Facts

    @property
    def commitment(self) -> str:
        """Return what an entry committed to these facts holds."""
        return committed(self.salt, self.facts)

    def as_json(self) -> str:
        """Return the form in which it is sealed, and told in a proof file."""
        return json.dumps(_told_as_data(self), separators=(",", ":"))


@dataclass(frozen=True)
class Placed:
    """An entry, its place in the tree, the hashes that lead from it to the root, and what may be told of it."""

    text: str
    index: int
    path: tuple[bytes, ...]
    told: Told | None = None

    @property
    def leaf(self) -> Leaf:
        """Return what the text says; raises ``Refused`` if it is not sound."""
        return leaf_from(self.text)


@dataclass(frozen=True)
class Continuation:
    """The hashes that show an earlier, smaller tree to be the unchanged beginning of the signed one."""

    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class ProofBundle:
    """What a partner takes home: entries, their paths to a signed checkpoint, and the key to check it with."""

    key: str
    checkpoint: str
    entries: tuple[Placed, ...]
    continuation: Continuation | None = None

    def as_json(self) -> str:
        """Return the file as it is handed out."""
        kept: dict[str, Any] = {
            "format": FORMAT,
            "key": self.key,
            "checkpoint": self.checkpoint,
            "entries": [_entry(one) for one in self.entries],
        }
        if self.continuation is not None:
            kept["continues"] = {"size": self.continuation.size, "path": _texts(self.continuation.path)}
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def _entry(one: Placed) -> dict[str, Any]:
    kept: dict[str, Any] = {"leaf": one.text, "index": one.index, "path": _texts(one.path)}
    if one.told is not None:
        kept["told"] = _told_as_data(one.told)
    return kept


def _told_as_data(told: Told) -> dict[str, Any]:
    return {"salt": base64.b64encode(told.salt).decode(), "facts": dict(told.facts)}


def bundle_from(text: str) -> ProofBundle:
    """Read a proof file without believing it; raises ``Refused`` if it is not one."""
    try:
        return _read(json.loads(text[:LONGEST]))
    except UNSOUND as fault:
        sentence = "That is not a Safeconduct proof, or it was damaged on the way. Ask for the file again."
        raise Refused("audit.bundle", sentence) from fault


def _read(kept: Any) -> ProofBundle:  # noqa: ANN401 - JSON from a stranger; every part is checked here
    if kept["format"] != FORMAT:
        raise ValueError(kept["format"])
    entries = tuple(
        Placed(_text(one["leaf"]), _number(one["index"]), _hashes(one["path"]), _told(one.get("told")))
        for one in kept["entries"]
    )
    earlier = kept.get("continues")
    continuation = None if earlier is None else Continuation(_number(earlier["size"]), _hashes(earlier["path"]))
    return ProofBundle(_text(kept["key"]), _text(kept["checkpoint"]), entries, continuation)


def told_from(plain: bytes) -> Told:
    """Read back what ``Told.as_json`` wrote; raises ``Refused`` if it is something else."""
    try:
        return _read_told(json.loads(plain))
    except UNSOUND as fault:
        raise Refused("audit.told", "What was kept of this entry is not what this version keeps.") from fault


def _told(kept: Any) -> Told | None:  # noqa: ANN401 - as above
    return None if kept is None else _read_told(kept)


def _read_told(kept: Any) -> Told:  # noqa: ANN401 - as above
    facts = {_text(word): value if isinstance(value, str) else _number(value) for word, value in kept["facts"].items()}
    return Told(base64.b64decode(_text(kept["salt"]), validate=True), facts)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _hashes(values: Sequence[str]) -> tuple[bytes, ...]:
    hashes = tuple(base64.b64decode(_text(value), validate=True) for value in values)
    if any(len(value) != HASH_BYTES for value in hashes):
        raise binascii.Error
    return hashes


def _texts(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(value).decode() for value in hashes]
