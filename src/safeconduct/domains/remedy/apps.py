"""Django's entry for the room."""

from django.apps import AppConfig


class RemedyConfig(AppConfig):
    """Names the room's tables ``remedy_*``."""

    name = "safeconduct.domains.remedy"
    label = "remedy"
