"""Pads plaintext to a few sizes, so that a ciphertext's length says little about what was written."""

from safeconduct.vault.values import DoesNotOpen

KIB = 1024
BUCKETS = (256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB)
LENGTH_BYTES = 4


def bucket(size_bytes: int) -> int:
    """Return the smallest padded size that holds so many bytes; above the largest bucket, whole multiples of it."""
    for step in BUCKETS:
        if size_bytes <= step:
            return step
    return -(-size_bytes // BUCKETS[-1]) * BUCKETS[-1]


def padded(plain: bytes) -> bytes:
    """Return the plaintext behind its length, filled up with zeros to a bucket."""
    framed = len(plain).to_bytes(LENGTH_BYTES, "big") + plain
    return framed.ljust(bucket(len(framed)), b"\0")


def unpadded(framed: bytes) -> bytes:
    """Return the plaintext that ``padded`` framed."""
    end = LENGTH_BYTES + int.from_bytes(framed[:LENGTH_BYTES], "big")
    if end > len(framed):
        raise DoesNotOpen
    return framed[LENGTH_BYTES:end]
