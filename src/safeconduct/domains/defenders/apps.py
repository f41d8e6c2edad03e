"""Django's entry for the room."""

from django.apps import AppConfig


class DefendersConfig(AppConfig):
    """Names the room's tables ``defenders_*``."""

    name = "safeconduct.domains.defenders"
    label = "defenders"
