"""The application a server calls."""

from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from safeconduct.project import hooks, logs
from safeconduct.web.entrance.at_once import AtOnce

logs.set_up()
_django = AtOnce(get_wsgi_application())


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own (PEP 3333)
    """Answer one request. A HEAD is answered without a body, which Django leaves to the server and ours sends."""
    if environ.get("PATH_INFO", "").startswith(hooks.PREFIX):
        return hooks.application(environ, start_response)
    answer: Iterable[bytes] = _django(environ, start_response)
    if environ["REQUEST_METHOD"] != "HEAD":
        return answer
    if close := getattr(answer, "close", None):
        close()
    return []
