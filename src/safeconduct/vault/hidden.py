"""What holds a secret shows nothing of it when printed, logged or quoted in a traceback, and is never written down."""

import hmac
from typing import NoReturn


class Hidden:
    """Prints as its name alone and refuses to be pickled or copied."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Name the kind of thing and nothing of what it holds."""
        return f"<{type(self).__name__}: hidden>"

    __str__ = __repr__

    def __format__(self, _how: str) -> str:
        return repr(self)

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        """Refuse: a pickled key would reach a cache, a queue or a disk."""
        raise TypeError(f"A {type(self).__name__} stays in memory.")


def same(one: bytes, other: bytes) -> bool:
    """Compare two secrets in a time that tells nothing about where they differ."""
    return hmac.compare_digest(one, other)
