"""A transport for httpx that resolves a name once, connects to that address only, and gives up on time."""

import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from threading import Thread
from typing import Any

import httpcore
import httpx

from safeconduct.connectors import patience
from safeconduct.connectors.addresses import Reach, Resolver, check_addresses

# Raised before the first byte of the request left, so nothing can have happened on the other side.
BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_RENAMED: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.NetworkError, httpx.ReadError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
)


class Deadline:
    """The moment by which one whole exchange must be over, however slowly its bytes drip."""

    def __init__(self, seconds: float) -> None:
        """Remember how long an exchange may take; ``start`` begins one."""
        self._seconds = seconds
        self.start()

    def start(self) -> None:
        """Begin to count, with what whoever waits for it has left."""
        self._ends = time.monotonic() + patience.left(self._seconds)

    def left(self, wanted: float | None) -> float:
        """Return how long the next step may take. Raises a timeout when nothing is left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if wanted is None else min(wanted, left)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the library's own signature
        return self._stream.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to one checked address. The name is kept for the certificate and the Host header."""

    def __init__(self, resolve: Resolver, deadline: Deadline, reach: Reach) -> None:
        self._resolve, self._deadline, self._reach = resolve, deadline, reach
        self._pinned: dict[tuple[str, int], str] = {}
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._address(host, port)
        stream = self._inner.connect_tcp(address, port, self._deadline.left(timeout), local_address, socket_options)
        return _TimedStream(stream, self._deadline)

    def _address(self, host: str, port: int) -> str:
        if (host, port) not in self._pinned:
            try:
                found = self._resolved(host, port)
            except OSError as fault:
                raise httpcore.ConnectError("The name is not known.") from fault
            self._pinned[host, port] = check_addresses(found, self._reach)
        return self._pinned[host, port]

    def _resolved(self, host: str, port: int) -> list[str]:
        """Ask for the name within the deadline: a dead name server takes as long as it likes."""
        asked: Future[list[str]] = Future()
        seconds = self._deadline.left(None)

        def ask() -> None:
            try:
                asked.set_result(self._resolve(host, port))
            except Exception as fault:  # noqa: BLE001 - raised again where it was asked for
                asked.set_exception(fault)

        Thread(target=ask, daemon=True).start()
        try:
            return asked.result(timeout=seconds)
        except TimeoutError as fault:
            raise httpcore.ConnectTimeout("The name server does not answer.") from fault


@cache
def _certificates() -> ssl.SSLContext:
    """Load the certificate authorities once; it takes longer than asking a platform."""
    return httpx.create_ssl_context()


class PinnedTransport(httpx.BaseTransport):
    """Carries httpx's requests over a pinned, timed connection."""

    def __init__(self, *, resolve: Resolver, reach: Reach, total_seconds: float) -> None:
        """Hold one connection at most; a second name would be resolved and checked on its own."""
        self._deadline = Deadline(total_seconds)
        backend = _PinnedBackend(resolve, self._deadline, reach)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, retries=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the whole exchange, the answer's body included, has one deadline."""
        self._deadline.start()
        url = request.url
        core_url = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with _renamed_faults():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    core_url,
                    headers=request.headers.raw,
                    content=request.read(),
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _renamed_faults():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _renamed_faults() -> Iterator[None]:
    try:
        yield
    except tuple(core for core, _ in _RENAMED) as fault:
        renamed = next(ours for core, ours in _RENAMED if isinstance(fault, core))
        raise renamed(str(fault)) from fault
