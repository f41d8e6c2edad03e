"""A browser as small as can be: keeps cookies, reads forms, follows redirects, and costs little to run many of."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

Fields = Sequence[tuple[str, str]]

SECONDS = 60
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BOUNDARY = "safeconduct-benchmark-boundary"


@dataclass
class Form:
    """One form of a page with what already stands in its fields."""

    action: str
    multipart: bool
    fields: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return all fields, the answers in place of what stood there."""
        return [(name, value) for name, value in self.fields if name not in answers] + [*answers.items()]


@dataclass(frozen=True)
class Page:
    """What came back, after redirects."""

    status: int
    address: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the page as text."""
        return self.body.decode()

    @property
    def forms(self) -> list[Form]:
        """Return the forms of the page, in its order."""
        reader = _Forms()
        reader.feed(self.text)
        return reader.found

    def form(self, *, where: str) -> Form:
        """Return the first form whose address holds these letters."""
        return next(each for each in self.forms if where in each.action)


class Visitor:
    """One visitor at one service, over one connection that is kept open."""

    def __init__(self, address: str, *, coming_from: str = "") -> None:
        """``coming_from`` is an address of this machine (all of 127.0.0.0/8 are), to be many visitors at once."""
        self.address = address
        self.cookies: dict[str, str] = {}
        source = (coming_from, 0) if coming_from else None
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=SECONDS, source_address=source)

    def get(self, path: str) -> Page:
        """Ask for a page."""
        return self._followed("GET", path)

    def post(self, path: str, fields: Fields, *, multipart: bool = False) -> Page:
        """Send a form."""
        return self._followed("POST", path, *encoded(fields, multipart=multipart))

    def send(self, page: Page, form: Form, answers: Mapping[str, str]) -> Page:
        """Fill in a form of a page and send it."""
        path = urljoin(page.address, form.action) if form.action else page.address
        return self.post(path, form.filled(answers), multipart=form.multipart)

    def sent(self, path: str, body: bytes, kind: str) -> Page:
        """Send a body that was encoded before."""
        return self._followed("POST", path, body, kind)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _followed(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        page = self._once(method, path, body, kind)
        while page.status in REDIRECTS:
            page = self._once("GET", urljoin(page.address, page.headers["location"]))
        return page

    def _once(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        answer = self._answer(method, path, body, {name: value for name, value in headers.items() if value})
        self._keep_cookies(answer)
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Page(answer.status, path, named, answer.read())

    def _answer(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError):
            # The service ends lines that rest; a browser asks again on a new one.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}


@contextmanager
def visiting(address: str, *, coming_from: str = "") -> Iterator[Visitor]:
    """Give a visitor for the block."""
    visitor = Visitor(address, coming_from=coming_from)
    try:
        yield visitor
    finally:
        visitor.close()


def encoded(fields: Fields, *, multipart: bool) -> tuple[bytes, str]:
    """Return a form's body and its type, as a browser would send them."""
    if not multipart:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    )
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode(), f"multipart/form-data; boundary={BOUNDARY}"


class _Forms(HTMLParser):
    """Collects forms: hidden and typed fields, chosen boxes, text areas."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(told.get("action", ""), told.get("enctype", "").startswith("multipart")))
        elif self.found and tag == "input" and _counts(told):
            self.found[-1].fields.append((told["name"], told.get("value", "on")))
        elif self.found and tag == "textarea" and "name" in told:
            self.found[-1].fields.append((told["name"], ""))


def _counts(told: Mapping[str, str]) -> bool:
    kind = told.get("type", "text")
    if "name" not in told or kind in {"submit", "button", "file"}:
        return False
    return kind not in {"checkbox", "radio"} or "checked" in told
