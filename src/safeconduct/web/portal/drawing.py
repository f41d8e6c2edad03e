"""How portal pages are drawn: one way to render, and names in the page's language for what has only a code."""

from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from safeconduct.connectors import registry
from safeconduct.web import sessions
from safeconduct.web.portal.words import Choice


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a portal page. Its forms answer at the same address."""
    return render(request, template, {"here": sessions.here(request), **context}, status=status)


def platforms() -> list[Choice]:
    """Return the platforms a reporter can name."""
    return [Choice(name, registry.connector_for(name).name) for name in registry.platforms()]


def countries(codes: Iterable[str]) -> list[Choice]:
    """Return countries by name in the page's language, in its alphabetical order."""
    names = Locale.parse(translation.get_language() or "en", sep="-").territories
    return sorted((Choice(code, names.get(code, code)) for code in set(codes)), key=lambda country: str(country.words))
