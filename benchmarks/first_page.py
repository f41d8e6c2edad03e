"""The weight of a reporter's first page: HTML and every style it names, as sent and as a proxy may compress it."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from benchmarks.figures import Figure, Goal
from benchmarks.visitor import Page, Visitor, visiting
from tests.stories.served import demonstration

LIGHT_KB = 50
# Whatever a browser fetches by itself when it shows a page.
FETCHED = re.compile(
    r"""<(?:link[^>]+href|script[^>]+src|img[^>]+src|iframe[^>]+src)=["']([^"']+)|url\(["']?([^"')]+)"""
)


def measure(folder: Path) -> Iterator[Figure]:
    """Weigh the page in each language it is offered in."""
    with demonstration(folder) as served, visiting(served.address) as visitor:
        for language in ("en", "ar"):
            yield from _weigh(visitor, language)


def _weigh(visitor: Visitor, language: str) -> Iterator[Figure]:
    page = visitor.get(f"/help?l={language}")
    named = _named(page, visitor.address)
    own = [each for each in named if urlsplit(each).netloc == urlsplit(visitor.address).netloc]
    parts = [page, *(visitor.get(urlsplit(each).path) for each in own)]
    plain = sum(len(part.body) for part in parts)
    small = sum(len(gzip.compress(part.body, 6)) for part in parts)
    sent = plain / 1000
    yield Figure(f"{language}: HTML and CSS as sent", sent, "kB", goal=Goal.at_most(LIGHT_KB, sent, "kB"))
    yield Figure(f"{language}: the HTML of it", len(page.body) / 1000, "kB", len(page.body) / plain, "the whole")
    yield Figure(f"{language}: compressed by a proxy", small / 1000, "kB", small / plain, "as sent")
    strangers = len(named) - len(own)
    yield Figure(f"{language}: requests to third parties", strangers, "", goal=Goal.at_most(0, strangers, ""))
    yield Figure(f"{language}: requests in all", len(parts), "")


def _named(page: Page, address: str) -> list[str]:
    found = [urljoin(address, one or other) for one, other in FETCHED.findall(page.text)]
    return [each for each in dict.fromkeys(found) if urlsplit(each).scheme in {"http", "https"}]
