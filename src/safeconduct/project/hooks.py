"""Where platforms knock to tell us what happened: ``/hooks/<platform>/...``, before every page and its middleware.

Nothing is heard unless an operator set it up, and nothing is kept: what was heard is announced to whoever subscribed.
"""

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from typing import Any

from safeconduct.connectors import registry
from safeconduct.connectors.incoming import Hears, Knock, Reply
from safeconduct.kernel import events
from safeconduct.kernel.errors import Unavailable

PREFIX = "/hooks/"
LARGEST_BODY = 10_000_000
_NOBODY = Reply(404)
# No page's middleware runs here, so what it would say of every answer is said here.
_HEADERS = (
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
    """Answer one request of a platform's."""
    reply = _answered(environ)
    status = HTTPStatus(reply.status)
    start_response(f"{status.value} {status.phrase}", [*_HEADERS, ("Content-Length", str(len(reply.body)))])
    return [reply.body]


def _answered(environ: dict[str, Any]) -> Reply:
    platform, _slash, rest = environ["PATH_INFO"].removeprefix(PREFIX).partition("/")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        return Reply(413)
    try:
        connector = registry.connector_for(platform)
    except Unavailable:
        return _NOBODY
    if not isinstance(connector, Hears):
        return _NOBODY
    knock = Knock(environ["REQUEST_METHOD"], f"/{rest}", _token(environ), partial(environ["wsgi.input"].read, length))
    return connector.hear(knock, events.announce)


def _token(environ: dict[str, Any]) -> str:
    return str(environ.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer ")
