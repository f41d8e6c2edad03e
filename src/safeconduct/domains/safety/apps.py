"""Registers the tables of safety with Django."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The application ``safety``."""

    name = "safeconduct.domains.safety"
    label = "safety"
