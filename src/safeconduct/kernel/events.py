"""Facts that a lower package announces and a higher one hears. Subscriptions are made in ``project`` only."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Fact = TypeVar("Fact")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(fact: type[Fact], listener: Callable[[Fact], None]) -> None:
    """Call ``listener`` with each later ``fact`` of this type; subscribing the same listener twice counts once."""
    if listener not in _listeners[fact]:
        _listeners[fact].append(listener)


def announce(fact: object) -> None:
    """Tell every listener, in the order they subscribed. Call it from ``transaction.on_commit``, never before."""
    for listener in tuple(_listeners[type(fact)]):
        listener(fact)
