"""What rooms above this one demand before the door may open. ``project`` fills it, since cases may not import them."""

from collections.abc import Callable

# Returns a whole sentence that says what is missing and what to do, or nothing when all is well.
Gate = Callable[[], str]

_gates: dict[str, Gate] = {}


def demand(name: str, gate: Gate) -> None:
    """Keep the door shut while this gate has something to say; one of the same name takes its place."""
    _gates[name] = gate


def refusals() -> list[str]:
    """Return what the gates have to say now."""
    return [said for gate in _gates.values() if (said := gate())]
