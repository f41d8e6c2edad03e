"""Signed proof of how long a case waited, and the keys with which it is checked."""

from typing import Literal

from ninja import Schema


class ProofTold(Schema):
    """What an entry was committed to: how severe the case was and what was promised by when, or what was decided."""

    salt: str
    facts: dict[str, str | int]


class ProofEntry(Schema):
    """One entry of our record, its place, the hashes that lead to the signed root, and what may be told of it."""

    leaf: str
    index: int
    path: list[str]
    told: ProofTold | None = None


class ProofContinuation(Schema):
    """The hashes that show your earlier checkpoint to be the unchanged beginning of this record."""

    size: int
    path: list[str]


class Proof(Schema):
    """Signed proof of the case's clock. Keep it: ``safeconduct proof verify FILE`` checks it on your own machine."""

    format: Literal["safeconduct-proof-1"]
    key: str
    checkpoint: str
    entries: list[ProofEntry]
    continues: ProofContinuation | None = None


class OurKeys(Schema):
    """Whose token this is, and the keys with which you check us: of the record, and of the calls to your server."""

    name: str
    may_file: bool
    record_key: str
    hook_key_id: str
    hook_key: str
