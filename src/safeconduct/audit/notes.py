"""Checkpoints: C2SP signed notes (tlog-checkpoint) under an Ed25519 key. Plain Python."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safeconduct.audit.tree import HASH_BYTES
from safeconduct.kernel.errors import Refused

ED25519 = b"\x01"
PUBLIC_KEY_BYTES = 32
KEY_ID_BYTES = 4
NAME = re.compile(r"[!-*,-~]{1,200}")  # printable, no space, no plus: what a note's key name may be
SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
LONGEST_NOTE = 100_000


@dataclass(frozen=True)
class VerifierKey:
    """The public half, with the log's name: what an outsider pins."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which a signature line says which key made it."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    def signed(self, body: str, signature: bytes) -> bool:
        """Return whether this key made ``signature`` over ``body``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """A tree's size and root, as its log signed them."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


class Signer:
    """Holds the private half. Its representation shows the public half only."""

    def __init__(self, seed: bytes, *, context: str) -> None:
        """Take the key file's 32 bytes; ``context`` keeps a demonstration's notes from passing as real ones."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.key = VerifierKey(f"safeconduct-{context}/{hashlib.sha256(public).hexdigest()[:16]}", public)

    def __repr__(self) -> str:
        return f"Signer({self.key})"

    def note(self, size: int, root: bytes) -> str:
        """Return the signed checkpoint of a tree."""
        body = Checkpoint(self.key.name, size, root).body
        signature = _base64(self.key.id + self._private.sign(body.encode()))
        return f"{body}\n— {self.key.name} {signature}\n"


def key_from(text: str) -> VerifierKey:
    """Read a verifier key (``name+id+key``); raises ``Refused`` unless it is whole and its id is right."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    material = _from_base64(encoded)
    if not NAME.fullmatch(name) or len(material) != 1 + PUBLIC_KEY_BYTES or material[:1] != ED25519:
        raise _refused_key()
    key = VerifierKey(name, material[1:])
    if key.id.hex() != key_id:
        raise _refused_key()
    return key


def _refused_key() -> Refused:
    return Refused("audit.key", "That is not a whole verifier key. It reads name+8 digits+base64, all in one line.")


def read_note(note: str) -> tuple[Checkpoint, dict[tuple[str, bytes], bytes]]:
    """Read a note without believing it: the checkpoint, and its signatures by key name and key id."""
    body, blank, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if len(note) > LONGEST_NOTE or not blank or len(lines) != 3:  # noqa: PLR2004 - name, size, root
        raise _refused_note()
    origin, size, root = lines[0], lines[1], _from_base64(lines[2])
    if not NAME.fullmatch(origin) or not SIZE.fullmatch(size) or len(root) != HASH_BYTES:
        raise _refused_note()
    return Checkpoint(origin, int(size), root), dict(_signature(line) for line in signatures.splitlines())


def _signature(line: str) -> tuple[tuple[str, bytes], bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    value = _from_base64(encoded)
    if dash != "—" or not NAME.fullmatch(name) or len(value) <= KEY_ID_BYTES:
        raise _refused_note()
    return (name, value[:KEY_ID_BYTES]), value[KEY_ID_BYTES:]


def open_note(note: str, key: VerifierKey) -> Checkpoint:
    """Return the checkpoint if ``key`` signed it under its own name; raises ``Refused`` otherwise."""
    checkpoint, signatures = read_note(note)
    signature = signatures.get((key.name, key.id))
    if checkpoint.origin != key.name or signature is None or not key.signed(checkpoint.body, signature):
        sentence = "That checkpoint is not signed by this key. Compare the key with the one you were given."
        raise Refused("audit.forged", sentence)
    return checkpoint


def _refused_note() -> Refused:
    return Refused("audit.note", "That is not a signed checkpoint: three lines, an empty line, then a signature line.")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
