"""Strangers' words on an operator's terminal: signs that would steer it are written out instead of sent to it."""

import unicodedata

KEPT = frozenset("\n\t")
# They turn the direction of what follows, so that a line reads other than it is.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STEERING = frozenset({"Cc", "Cs"})


def plain(text: str) -> str:
    """Return a text that a terminal can only show."""
    return "".join(one.encode("unicode_escape").decode() if _steers(one) else one for one in text)


def _steers(one: str) -> bool:
    return one not in KEPT and (one in TURNING or unicodedata.category(one) in STEERING)
