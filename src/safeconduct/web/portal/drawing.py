"""How portal pages are drawn: their forms answer at the same address, and codes can be read aloud."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeconduct.web import sessions


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a portal page. Its forms answer at the same address."""
    return render(request, template, {"here": sessions.here(request), **context}, status=status)


def spelled(lines: Iterable[str]) -> list[dict[str, str]]:
    """Return a code's lines, each with its digits one by one: read aloud they would be "four hundred and twelve"."""
    return [{"text": line, "spelled": ", ".join(" ".join(group) for group in line.split())} for line in lines]
