"""How portal pages are drawn: their forms answer at the same address."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeconduct.web import sessions


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a portal page. Its forms answer at the same address."""
    return render(request, template, {"here": sessions.here(request), **context}, status=status)
