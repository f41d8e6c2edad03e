"""Which reports are alike in their words, without keeping the words: keyed MinHash tags."""

import hashlib
import re
import unicodedata

SHINGLE = 7
READ_AT_MOST = 2000
HASHES = 24
ROWS = 3
# Shorter words say too little: "help me" is not a flood.
SHORTEST = 40

_PRIME = (1 << 61) - 1
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d")


def plain(text: str) -> str:
    """Return the words without what a copier changes first: case, spacing, digits, accents."""
    folded = unicodedata.normalize("NFKD", text[:READ_AT_MOST]).casefold()
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _DIGITS.sub("0", _SPACE.sub(" ", kept)).strip()


def likeness_tags(text: str, *, key: bytes) -> frozenset[bytes]:
    """Return tags such that texts that share most of their wording share at least one, almost surely.

    Without ``key`` nothing follows from a tag, and nobody can write a text so that it falls in with another's.
    """
    words = plain(text)
    if len(words) < SHORTEST:
        return frozenset()
    marks = [_hash(words[at : at + SHINGLE], key) for at in range(len(words) - SHINGLE + 1)]
    least = [min((factor * mark + shift) % _PRIME for mark in marks) for factor, shift in _turns(key)]
    return frozenset(_tag(band, least[band : band + ROWS], key) for band in range(0, HASHES, ROWS))


def _hash(shingle: str, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), key=key, digest_size=7).digest(), "big")


def _turns(key: bytes) -> list[tuple[int, int]]:
    stream = hashlib.shake_256(b"turns" + key).digest(HASHES * 16)
    pieces = [int.from_bytes(stream[at : at + 8], "big") % _PRIME for at in range(0, len(stream), 8)]
    return [(pieces[at] | 1, pieces[at + 1]) for at in range(0, len(pieces), 2)]


def _tag(band: int, least: list[int], key: bytes) -> bytes:
    joined = bytes([band]) + b"".join(value.to_bytes(8, "big") for value in least)
    return hashlib.blake2b(joined, key=key, digest_size=16).digest()
