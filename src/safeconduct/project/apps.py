"""Wires everything once Django is ready."""

from django.apps import AppConfig
from django.core.signals import got_request_exception


class ProjectConfig(AppConfig):
    """The last application to become ready."""

    name = "safeconduct.project"

    def ready(self) -> None:
        """Let facts be heard and rooms be examined."""
        # Imported late: models must be ready before services that use them.
        from safeconduct.project import logs, wiring  # noqa: PLC0415 - see above

        wiring.wire()
        got_request_exception.connect(logs.tell_of_fault, dispatch_uid="page.fault")
