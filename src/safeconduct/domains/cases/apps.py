"""Django's entry for the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the room's tables ``cases_*``."""

    name = "safeconduct.domains.cases"
    label = "cases"
