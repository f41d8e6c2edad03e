"""People and teams as pages name them."""

from babel import Locale
from django import template
from django.utils import translation
from django.utils.translation import gettext as _

from safeconduct.web.entrance import words

register = template.Library()

register.filter("role_names", words.roles)
register.filter("kind_name", words.kind)
register.filter("standing_name", words.standing)
register.filter("change_names", words.changes)


@register.filter
def country_called(code: str) -> str:
    """Name a country in the page's own language, and say so where none is kept."""
    if not code:
        return _("none kept")
    locale = Locale.parse(translation.get_language() or "en", sep="-")
    return str(locale.territories.get(code.upper(), code))


@register.filter
def in_this_language(sentence: str) -> str:
    """Say a refusal's sentence in the page's language, where it is translated."""
    return _(sentence) if sentence else ""
