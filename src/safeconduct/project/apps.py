"""Wires everything once Django is ready."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The last application to become ready."""

    name = "safeconduct.project"

    def ready(self) -> None:
        """Let facts be heard and rooms be examined."""
        # Imported late: models must be ready before services that use them.
        from safeconduct.project import wiring  # noqa: PLC0415

        wiring.wire()
