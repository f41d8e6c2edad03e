"""What ``doctor`` looks at in the portal: that the pages say true hours, and name help that was called lately."""

from dataclasses import dataclass

from django.conf import settings

from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.web.portal.service import FILE, service


@dataclass(frozen=True)
class EmergencyListed:
    """Someone who can come is named on the first page, and was verified in the last half year."""

    name: str = "emergency list"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look at what the first page would show."""
        listed = service(settings.LANGUAGE_CODE).emergency
        if listed:
            return Diagnosis(f"{len(listed)} emergency contacts are shown, verified within six months.")
        mend = f"Call those who can come in an emergency, and list them with the date in {FILE} in the data folder."
        return Diagnosis("The first page names nobody who can come in an emergency.", mend)


@dataclass(frozen=True)
class HoursStated:
    """The first page says when people answer."""

    name: str = "stated hours"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look at what the first page would show."""
        if service(settings.LANGUAGE_CODE).hours:
            return Diagnosis("The first page states the hours in which people answer.")
        return Diagnosis(
            "The first page does not say when people answer.", f"Write the hours into {FILE} in the data folder."
        )


CHECKS: tuple[Check, ...] = (EmergencyListed(), HoursStated())
