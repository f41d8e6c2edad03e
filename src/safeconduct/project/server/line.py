"""One visitor's line, in memory: what was heard and not yet read, what was said and not yet sent."""

import select
import socket
import time

from safeconduct.project.server.patience import GRACE_SECONDS, Patience

PIECE_BYTES = 64 * 1024
# An answer larger than this is a file for somebody signed in, and its worker waits while it goes out.
KEPT_BYTES = 4 * 1024 * 1024


class Line:
    """A socket that never blocks, as cheroot reads from it and writes to it.

    ``waits`` says whether a reader may wait for more: in a thread that streams one large body, never in a worker.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        sock.setblocking(False)  # noqa: FBT003 - its signature
        self.heard = bytearray()
        self.unsent = bytearray()
        self.over = self.closed = self.waits = False
        self.bytes_read = self.bytes_written = 0
        self.patience = Patience(GRACE_SECONDS)

    @property
    def kept_bytes(self) -> int:
        """Return how much memory the line holds."""
        return len(self.heard) + len(self.unsent)

    def hear(self, at_most: int = PIECE_BYTES) -> int:
        """Take in what has come, and return how many bytes. ``over`` says whether the other side has ended."""
        try:
            piece = self._sock.recv(min(PIECE_BYTES, at_most))
        except BlockingIOError:
            return 0
        self.over = not piece
        self.heard += piece
        self.bytes_read += len(piece)
        return len(piece)

    def send(self) -> int:
        """Send what the other side takes in at once, and return how many bytes."""
        before = len(self.unsent)
        try:
            while self.unsent:
                del self.unsent[: self._sock.send(memoryview(self.unsent)[:PIECE_BYTES].tobytes())]
        except BlockingIOError:
            pass
        return before - len(self.unsent)

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes of the request, fewer only where it ends."""
        wanted = size if size is not None and size >= 0 else PIECE_BYTES
        while len(self.heard) < wanted and self._hear_more():
            pass
        return self._taken(wanted)

    def readline(self, size: int | None = -1) -> bytes:
        """Return one line of the request, or so many bytes of it."""
        most = size if size is not None and size >= 0 else PIECE_BYTES
        while b"\n" not in self.heard[:most] and len(self.heard) < most and self._hear_more():
            pass
        return self._taken(min(most, self.heard.find(b"\n") + 1 or most))

    def write(self, said: bytes) -> int:
        """Keep a piece of the answer and send what can be sent at once. A file waits for whoever takes it in."""
        self.unsent += said
        self.bytes_written += len(said)
        if self.waits or len(self.unsent) > PIECE_BYTES:
            self.send()
        while len(self.unsent) > KEPT_BYTES:
            self._wait(select.POLLOUT)
            self.patience.waited(0, self.send())
        return len(said)

    def close(self) -> None:
        """Read no more, and keep nothing."""
        self.closed = True
        self.heard.clear()

    def hang_up(self) -> None:
        """End the line from another thread: whoever waits on it finds it ended."""
        self.unsent.clear()
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            self.over = True

    def _taken(self, size: int) -> bytes:
        taken = bytes(self.heard[:size])
        del self.heard[:size]
        return taken

    def _hear_more(self) -> bool:
        if self.over:
            return False
        if not self.waits:
            raise TimeoutError("timed out")
        while not (came := self.hear()) and not self.over:
            self._wait(select.POLLIN)
        self.patience.waited(0, came)
        return came > 0

    def _wait(self, event: int) -> None:
        begun = time.monotonic()
        poll = select.poll()
        poll.register(self._sock, event)
        stirred = poll.poll(max(0.0, self.patience.left) * 1000)
        self.patience.waited(time.monotonic() - begun)
        if not stirred:
            raise TimeoutError("timed out")
