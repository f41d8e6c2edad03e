"""A mail server on loopback that keeps what it is given: where a pager of a real programme rings."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

NUMBER = re.compile(r"this call is (\d+)\.")


@dataclass
class Mailbox:
    """Every mail that came, as it came."""

    address: str = ""
    taken: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 - the library's
        self.taken.append(bytes(envelope.content or b"").decode())
        return "250 OK"

    def last_number(self) -> str:
        return NUMBER.findall(self.taken[-1])[-1]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Take mail inside the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Mailbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
