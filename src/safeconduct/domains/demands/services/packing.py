"""The one file that leaves: the pieces as they were chosen, and a list of them with their fingerprints."""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Final
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from safeconduct.domains.demands.papers import Piece

FORMAT: Final = "safeconduct-demand/1"
# A zip file dates what it holds. One fixed day, so that the same pieces are the same file.
_DAY = (1980, 1, 1, 0, 0, 0)


def is_same(pieces: tuple[Piece, ...], raw: Mapping[UUID, bytes]) -> bool:
    """Answer whether these bytes are what was chosen, to the letter."""
    return all(sha256(raw[each.id]).hexdigest() == each.sha256 for each in pieces)


def packed(pieces: tuple[Piece, ...], raw: Mapping[UUID, bytes]) -> bytes:
    """Return the file. It names no report, no reporter and nobody here: numbers, kinds, times and fingerprints."""
    listed = [
        {"file": name, "case": each.number, "kind": each.kind.value, "at": each.at.isoformat(), "sha256": each.sha256}
        for name, each in _named(pieces)
    ]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr(ZipInfo("list.json", _DAY), json.dumps({"format": FORMAT, "pieces": listed}, indent=1))
        for name, each in _named(pieces):
            archive.writestr(ZipInfo(name, _DAY), raw[each.id])
    return out.getvalue()


def _named(pieces: tuple[Piece, ...]) -> list[tuple[str, Piece]]:
    return [(f"piece-{at:02d}.bin", each) for at, each in enumerate(pieces, 1)]
