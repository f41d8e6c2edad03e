"""Which language a page speaks: the one asked for in the address, else what the browser asks for. Nothing is stored."""

from collections.abc import Callable

from babel import Locale
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponseBase]

PARAMETER = "l"


def offered() -> tuple[str, ...]:
    """Return the codes of the languages the operator offers, the default first."""
    return tuple(code for code, _ in settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """Return the language of this request. A language we do not offer is ignored, never an error."""
    asked = request.GET.get(PARAMETER, "")
    if asked in offered():
        return asked
    return translation.get_language_from_request(request)


def page_locale() -> Locale:
    """Return the page's language as Babel knows it; plain English puts the day before the month."""
    language = translation.get_language() or "en"
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


class LanguageMiddleware:
    """Speaks the chosen language for the length of one request."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language and say which it is."""
        language = chosen(request)
        with translation.override(language):
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
