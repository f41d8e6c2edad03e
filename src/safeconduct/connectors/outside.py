"""The one HTTP client for addresses that an operator typed: pinned, never redirected, limited in time and size."""

from contextlib import closing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx

from safeconduct.connectors.addresses import Reach, Resolver, resolve
from safeconduct.connectors.pinning import BEFORE_SENDING, PinnedTransport
from safeconduct.kernel.errors import Refused, Unavailable


class NotReached(Unavailable):
    """No request left this machine, so nothing can have been changed."""


class Busy(NotReached):
    """The other side asked us to wait longer than we may. It did nothing of what was asked."""


class NoAnswer(Unavailable):
    """A request left, and no answer came that can be trusted. It may have been carried out."""


@dataclass(frozen=True)
class Limits:
    """How long and how much we listen to someone else's server."""

    connect_seconds: float = 5
    total_seconds: float = 15
    size_bytes: int = 8_000_000


@dataclass(frozen=True)
class Answer:
    """One complete answer. Named as the signature library wants it."""

    status_code: int
    headers: httpx.Headers
    body: bytes = field(repr=False)
    request: httpx.Request = field(repr=False)


class Outside:
    """A client for one address. Its name is resolved once; make a new client for each piece of work.

    ``allow_private`` lets it reach private and loopback addresses, and plain HTTP there. No proxy is used, because a
    proxy would resolve the name a second time.
    """

    def __init__(
        self,
        base: str,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        resolve: Resolver = resolve,
    ) -> None:
        """Check the address as text; it is resolved and checked again when the first request goes out."""
        self.base = checked_base(base, allow_private=allow_private)
        self._limits = limits or Limits()
        reach = reach_of(self.base, allow_private=allow_private)
        transport = PinnedTransport(resolve=resolve, reach=reach, total_seconds=self._limits.total_seconds)
        timeout = httpx.Timeout(self._limits.total_seconds, connect=self._limits.connect_seconds)
        self._client = httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def request(
        self, path: str, body: bytes | None = None, *, method: str = "POST", headers: dict[str, str] | None = None
    ) -> httpx.Request:
        """Make a request that has not been sent yet, so that it can be signed."""
        self._client.cookies.clear()
        # Identity: a small compressed answer must not swell past the size limit.
        fixed = {"Accept-Encoding": "identity", "User-Agent": "Safeconduct"}
        url = f"{self.base}/{path.lstrip('/')}" if path else self.base
        return self._client.build_request(method, url, content=body, headers={**(headers or {}), **fixed})

    def send(self, request: httpx.Request) -> Answer:
        """Send, and read the whole answer. Raises ``NotReached``, ``NoAnswer``, or ``Refused`` for a bad address."""
        try:
            with closing(self._client.send(request, stream=True)) as response:
                body = self._read(response)
        except BEFORE_SENDING as fault:
            raise NotReached("outside.not-reached", "The address could not be reached. Nothing was changed.") from fault
        except httpx.HTTPError as fault:
            sentence = "The address did not answer in time or broke off. It is not known what it did."
            raise NoAnswer("outside.no-answer", sentence) from fault
        return Answer(response.status_code, response.headers, body, request)

    def _read(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_raw():
            size += len(part)
            if size > self._limits.size_bytes:
                raise NoAnswer(
                    "outside.too-large", "The answer was larger than we read. It is not known what was done."
                )
            parts.append(part)
        return b"".join(parts)


def reach_of(base: str, *, allow_private: bool) -> Reach:
    """Return how far a connection to this address may go."""
    if not allow_private:
        return Reach.PUBLIC
    return Reach.PRIVATE if httpx.URL(base).scheme == "http" else Reach.PUBLIC_OR_PRIVATE


def checked_base(base: str, *, allow_private: bool) -> str:
    """Return an address without its closing slash. Raises ``Refused`` when it is not a plain web address."""
    try:
        url = httpx.URL(base)
        host = url.host  # decoded when asked for, and not every name that looks encoded is
    except (httpx.InvalidURL, UnicodeError) as fault:
        raise Refused(
            "outside.address", "This is not a web address. Write it like https://platform.example."
        ) from fault
    if url.scheme != "https" and not (url.scheme == "http" and allow_private):
        raise Refused("outside.scheme", "The address must begin with https://.")
    # A zone after an address ("%eth0") names one of this machine's own cables.
    if not host or "%" in host or url.userinfo or url.query or url.fragment:
        raise Refused("outside.address", "Write the address as a scheme, a name and a path, and nothing more.")
    return base.rstrip("/")
