"""HTTPS in front of a service, as an operator's proxy stands there: a certificate of its own, headers of its own."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import BinaryIO
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from safeconduct.kernel import clock

HOST = "127.0.0.1"
# What a visitor may not say of itself, and what one connection for each request makes true.
DROPPED = (b"x-forwarded-for", b"x-forwarded-proto", b"forwarded", b"connection", b"keep-alive")
OWN = b"X-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n"
PATIENCE_SECONDS = 60


class Terminator(ThreadingTCPServer):
    """Takes TLS connections and passes each request on to ``upstream`` in clear."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, upstream: str, context: ssl.SSLContext) -> None:
        super().__init__((HOST, 0), Passing)
        parts = urlsplit(upstream)
        self.upstream = (str(parts.hostname), int(parts.port or 80))
        self.context = context

    def finish_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        request.settimeout(PATIENCE_SECONDS)
        with self.context.wrap_socket(request, server_side=True) as line:
            super().finish_request(line, client_address)  # type: ignore[arg-type]

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that hangs up is no fault."""


class Passing(StreamRequestHandler):
    """One request there, and its answer back."""

    server: Terminator

    def handle(self) -> None:
        head = self._head()
        if not head:
            return
        with socket.create_connection(self.server.upstream, timeout=PATIENCE_SECONDS) as line:
            line.sendall(b"".join(head[:1] + _passed_on(head[1:])) + OWN + b"\r\n")
            _copy(self.rfile, line.sendall, _length(head))
            with line.makefile("rb") as answer:
                while part := answer.read1():
                    self.wfile.write(part)

    def _head(self) -> list[bytes]:
        lines = []
        while (line := self.rfile.readline(65536)) not in (b"\r\n", b""):
            lines.append(line)
        return lines


def _passed_on(headers: list[bytes]) -> list[bytes]:
    return [line for line in headers if not line.lower().startswith(DROPPED)]


def _length(head: list[bytes]) -> int:
    found = [line.partition(b":")[2] for line in head if line.lower().startswith(b"content-length:")]
    return int(found[0]) if found else 0


def _copy(source: BinaryIO, send: Callable[[bytes], object], size_bytes: int) -> None:
    while size_bytes > 0 and (part := source.read(min(size_bytes, 65536))):
        send(part)
        size_bytes -= len(part)


@contextmanager
def https(upstream: str, folder: Path) -> Iterator[str]:
    """Stand in front of ``upstream`` inside the block, and give the address that browsers use."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    server = Terminator(upstream, context)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"https://{HOST}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> Path:
    """Write a key with its self-signed certificate for loopback, and return the file that holds both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = clock.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept = folder / "tls.pem"
    kept.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return kept
