"""What a thief, a failing disk or a careless hand does to a row: its last sealed bit is turned."""

from typing import Protocol


class Sealed(Protocol):
    """A row with something sealed in it."""

    sealed: bytes

    def save(self) -> None:
        """Keep the row."""


def damage(row: Sealed) -> None:
    """Turn one bit of what is sealed in a row, so that it opens for nobody."""
    whole = bytes(row.sealed)
    row.sealed = whole[:-1] + bytes([whole[-1] ^ 1])
    row.save()
