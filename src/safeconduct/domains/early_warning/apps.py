"""Registers the tables of early warning with Django."""

from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    """The application ``early_warning``."""

    name = "safeconduct.domains.early_warning"
    label = "early_warning"
