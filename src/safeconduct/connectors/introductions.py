"""Who introduces people at the door: the port every identity provider speaks, and the providers of this process.

A provider says who somebody is, and perhaps that they showed a second factor there. It never holds a key, so whoever
is introduced has still to unlock their own with six words.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from safeconduct.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Journey:
    """One browser's way to a provider and back to the address ``back``. Only that browser holds what these follow from.

    ``state`` ties the answer to the browser, ``nonce`` the token to this journey, ``verifier`` the code to us.
    ``place`` is today's mark of where the browser stands, so that no place takes all the room to wait for a provider.
    """

    back: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    place: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Introduced:
    """Somebody as a provider knows them, and whether they showed a second factor there that counts here."""

    issuer: str
    subject: str = field(repr=False)
    second_factor: bool = False


class IdentityProvider(Protocol):
    """One provider that the operator named."""

    @property
    def id(self) -> str:
        """Return the short id that addresses carry."""

    @property
    def name(self) -> str:
        """Return the name people read."""

    @property
    def serves(self) -> frozenset[str]:
        """Return whom it may introduce: ``staff``, ``partner``, or both."""

    def way_there(self, journey: Journey) -> str:
        """Return the address to which a browser is sent. Raises ``Unavailable`` when the provider does not answer."""

    def introduced(self, journey: Journey, answer: Mapping[str, str]) -> Introduced:
        """Return whom the provider's answer introduces.

        Raises ``NotAllowed``, always with one sentence, for whatever is wrong with it.
        """

    def look(self) -> None:
        """Raise what stands in the way, when something does, and change nothing."""


_providers: dict[str, IdentityProvider] = {}


def register(provider: IdentityProvider) -> None:
    """Let a provider introduce people; the last one registered under a short id counts."""
    _providers[provider.id] = provider


def provider_for(short_id: str) -> IdentityProvider:
    """Return a provider. Raises ``NotAllowed`` if there is none of this id."""
    if short_id not in _providers:
        raise NotAllowed
    return _providers[short_id]


def providers(*, serving: str | None = None) -> tuple[IdentityProvider, ...]:
    """Return the providers of this process, by id; only those that serve one kind of member, where it is named."""
    found = (_providers[short_id] for short_id in sorted(_providers))
    return tuple(each for each in found if serving is None or serving in each.serves)


@contextmanager
def registered(*them: IdentityProvider) -> Iterator[None]:
    """Have exactly these providers inside the block: for tests and drills."""
    before = dict(_providers)
    _providers.clear()
    for provider in them:
        register(provider)
    try:
        yield
    finally:
        _providers.clear()
        _providers.update(before)
