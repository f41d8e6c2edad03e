"""Someone with a browser that knows no script, at a service that really listens."""

import ssl
from dataclasses import dataclass
from typing import Any

import httpx

from tests.stories.served import Served
from tests.web.visitor import Form, Visitor

# Loopback speaks plain HTTP; reading every authority's certificate for each caller would take longer than the calls.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it."""

    name: str
    content: bytes
    kind: str = "image/jpeg"


def plain_line(address: str, **more: Any) -> httpx.Client:
    """Return a line to a service on this machine, patient enough for a busy one."""
    return httpx.Client(base_url=address, verify=NO_CERTIFICATES, timeout=60, **more)


class Caller(Visitor):
    """Holds its own cookies and the page last seen. What it says of itself goes out with every request."""

    def __init__(self, served: Served, language: str = "en", **headers: str) -> None:
        self.line = plain_line(served.address, headers=headers, follow_redirects=True)
        self.language = language
        self.answer: Any = None

    def open(self, address: str = "/help") -> "Caller":
        self.answer = self.line.get(address, params={"l": self.language})
        return self

    def follow(self, address: str) -> "Caller":
        """Load a page whose address a page gave."""
        self.answer = self.line.get(address)
        return self

    @property
    def origin(self) -> dict[str, str]:
        """Return where a browser says that a form came from. Without it the check against forged forms refuses."""
        return {"Origin": str(self.line.base_url).rstrip("/")}

    def complete(self, *, at: str = "", **typed: Any) -> "Caller":
        """Fill in the form that goes to an address ending so, or back to this very page, and send it."""
        form = next(
            form for form in self.forms if form.action.partition("#")[0].endswith(at) and (at or not form.action)
        )
        self.send(form, {**form.fields, **typed})
        return self

    def send(self, form: Form, sent: dict[str, Any]) -> None:
        files = [("files", (one.name, one.content, one.kind)) for one in sent.pop("files", ())]
        action = form.action or self.answer.url
        self.answer = self.line.post(action, data=sent, files=files or None, headers=self.origin)

    def become(self, who: str) -> "Caller":
        """Press a button of the tour's cast."""
        self.open("/tour/")
        form = next(form for form in self.forms if form.action.startswith(f"/tour/as/{who}/"))
        self.send(form, dict(form.fields))
        return self

    def close(self) -> None:
        self.line.close()
