"""Registers the tables of transparency with Django."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """The application ``transparency``."""

    name = "safeconduct.domains.transparency"
    label = "transparency"
