"""HTML in which every value is escaped unless it was made here."""

from collections.abc import Iterable
from html import escape

from werkzeug.wrappers import Response

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def html(template: str, **values: object) -> Html:
    """Fill a template; only ``Html`` goes in as it is."""
    return Html(template.format(**{name: _safe(value) for name, value in values.items()}))


def joined(parts: Iterable[Html]) -> Html:
    """Return pieces of HTML one after the other."""
    return Html("\n".join(parts))


def _safe(value: object) -> str:
    return value if isinstance(value, Html) else escape(str(value))


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Juniper Square</title>
<link rel="stylesheet" href="/square.css">
</head>
<body>
<header>
<p class="simulated">Simulated. Juniper Square and everyone on it are invented.{way_back}</p>
<div class="top">
<a class="mark" href="/">Juniper Square</a>
<nav aria-label="Main">
<ul><li><a href="/">Square</a></li><li><a href="/search">Search</a></li>
<li><a href="/account/amina">Amina's account</a></li><li><a href="/backstage">Backstage</a></li></ul>
</nav>
</div>
</header>
<main>
{content}
</main>
<footer>An invented platform, made to try Safeconduct on. It listens on this computer only.</footer>
</body>
</html>
"""


_way_back = ""


def lead_back_to(address: str) -> None:
    """Have every page lead to ``address``, from where a visitor was sent here."""
    global _way_back  # noqa: PLW0603 - one platform runs in a process
    _way_back = address


def page(title: str, content: Html, *, status: int = 200) -> Response:
    """Return a whole page."""
    response = Response(html(PAGE, title=title, content=content, way_back=_link()), status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _link() -> Html:
    return html(' <a href="{address}">Back to the tour</a>', address=_way_back) if _way_back else Html("")
