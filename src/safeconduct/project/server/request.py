"""One request as cheroot reads it, with less of it believed and less of it kept."""

from typing import Any

from cheroot.server import HeaderReader, HTTPRequest

from safeconduct.project.server.line import PIECE_BYTES


class PlainHeaders(HeaderReader):
    """Passes over a header with an underscore: a visitor could write over the proxy's own ``X-Forwarded-For``."""

    def _allow_header(self, key_name: bytes) -> bool:
        return b"_" not in key_name


class Request(HTTPRequest):
    """A request whose unread body is let go of piece by piece: cheroot would take all of it into memory at once."""

    header_reader: Any = PlainHeaders()
    rfile: Any

    def send_headers(self) -> None:
        """Let go of what the application did not read, and begin the answer."""
        while not self.close_connection and self._is_unread() and self.rfile.read(PIECE_BYTES):
            pass
        super().send_headers()

    def _is_unread(self) -> bool:
        return bool(getattr(self.rfile, "remaining", 0))
