"""Which connectors this process has. ``project`` registers them; everyone else asks by the platform's short id."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from safeconduct.connectors.incoming import EndsWhatIsOver
from safeconduct.connectors.port import Connector
from safeconduct.kernel.errors import Refused, Unavailable

_connectors: dict[str, Connector] = {}


def register(connector: Connector, *, demonstration: bool = False) -> None:
    """Make a platform reachable; the last one registered under a short id counts.

    Raises ``Refused`` when a demonstration is given a platform that is not simulated.
    """
    if demonstration and not connector.simulated:
        raise Refused("connector.real", "A demonstration takes no real platform. Start a programme to connect one.")
    _connectors[connector.platform] = connector


def connector_for(platform: str) -> Connector:
    """Return the way to a platform. Raises ``Unavailable`` if there is none."""
    try:
        return _connectors[platform]
    except KeyError:
        sentence = "No connection to this platform is set up. Act there by hand, and write down what you did."
        raise Unavailable("connector.absent", sentence) from None


def platforms() -> list[str]:
    """Return the short ids of the platforms that can be reached, in order."""
    return sorted(_connectors)


def end_what_is_over(tell: Callable[[str], None]) -> int:
    """Go round the platforms that cannot end a suspension by themselves, and return how many were ended.

    ``tell`` is called with the platform's short id for each of them.
    """
    rounds = [(platform, one) for platform, one in _connectors.items() if isinstance(one, EndsWhatIsOver)]
    return sum(_ended(one, partial(tell, platform)) for platform, one in rounds)


def _ended(connector: EndsWhatIsOver, tell: Callable[[], None]) -> int:
    try:
        return connector.end_what_is_over(tell)
    except Unavailable:
        # The next round asks again; a silent platform must not keep the others waiting.
        return 0


@contextmanager
def registered(connector: Connector) -> Iterator[None]:
    """Make a platform reachable inside the block only: for tests and trial runs."""
    before = dict(_connectors)
    register(connector)
    try:
        yield
    finally:
        _connectors.clear()
        _connectors.update(before)
