"""The proof file that leaves the house: its form, and reading one that came from anywhere. Plain Python."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from safeconduct.audit.leaves import Leaf, leaf_from
from safeconduct.audit.tree import HASH_BYTES
from safeconduct.kernel.errors import Refused

FORMAT = "safeconduct-proof-1"
LONGEST = 20_000_000


@dataclass(frozen=True)
class Placed:
    """An entry, its place in the tree, and the hashes that lead from it to the root."""

    text: str
    index: int
    path: tuple[bytes, ...]

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
            "entries": [{"leaf": one.text, "index": one.index, "path": _texts(one.path)} for one in self.entries],
        }
        if self.continuation is not None:
            kept["continues"] = {"size": self.continuation.size, "path": _texts(self.continuation.path)}
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def bundle_from(text: str) -> ProofBundle:
    """Read a proof file without believing it; raises ``Refused`` if it is not one."""
    try:
        return _read(json.loads(text[:LONGEST]))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        sentence = "That is not a Safeconduct proof, or it was damaged on the way. Ask for the file again."
        raise Refused("audit.bundle", sentence) from fault


def _read(kept: Any) -> ProofBundle:  # noqa: ANN401 - JSON from a stranger; every part is checked here
    if kept["format"] != FORMAT:
        raise ValueError(kept["format"])
    entries = tuple(Placed(_text(one["leaf"]), _number(one["index"]), _hashes(one["path"])) for one in kept["entries"])
    earlier = kept.get("continues")
    continuation = None if earlier is None else Continuation(_number(earlier["size"]), _hashes(earlier["path"]))
    return ProofBundle(_text(kept["key"]), _text(kept["checkpoint"]), entries, continuation)


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
