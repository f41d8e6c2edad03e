"""The pieces of LOOK that every interface draws: style addresses, times, and names that stand alone."""

from datetime import datetime, timedelta

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeconduct.kernel import clock

register = template.Library()


@register.simple_tag
def style(name: str) -> str:
    """Return the address of one of our style sheets."""
    return static(f"safeconduct/{name}")
