"""Answers to tick, and names in the page's language for what has only a code: platforms and countries."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from django.utils import translation
from django.utils.functional import Promise

from safeconduct.connectors import registry

Words = str | Promise


@dataclass(frozen=True)
class Choice:
    """One answer to tick: what is sent, what is read, and a smaller line under it."""

    value: str
    words: Words
    more: Words = ""


def platforms() -> list[Choice]:
    """Return the platforms a reporter can name."""
    return [Choice(name, registry.connector_for(name).name) for name in registry.platforms()]


def countries(codes: Iterable[str]) -> list[Choice]:
    """Return countries by name in the page's language, in its alphabetical order."""
    names = Locale.parse(translation.get_language() or "en", sep="-").territories
    return sorted((Choice(code, names.get(code, code)) for code in set(codes)), key=lambda country: str(country.words))
