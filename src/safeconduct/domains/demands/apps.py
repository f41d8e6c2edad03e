"""Django's entry for the room."""

from django.apps import AppConfig


class DemandsConfig(AppConfig):
    """Names the room's tables ``demands_*``."""

    name = "safeconduct.domains.demands"
    label = "demands"
