"""Registers the tables of partners with Django."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The application ``partners``."""

    name = "safeconduct.domains.partners"
    label = "partners"
