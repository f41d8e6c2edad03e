"""Gives a command the settings and the tables of the programme it works on."""

import os

SETTINGS = "safeconduct.project.settings"


def use_programme() -> None:
    """Load settings and apps, once. Commands that need neither never call this."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415 - a second to import, which 'safeconduct proof' must not spend

    django.setup()
