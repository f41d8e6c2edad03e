"""What ``doctor`` looks at out here: whether the platforms that the operator named can be reached."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from safeconduct.connectors.port import Connector
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.kernel.errors import SafeconductError
from safeconduct.project import platforms
from safeconduct.project.options import data_folder


@dataclass(frozen=True)
class PlatformsAnswer:
    """Each platform says what it can do. A platform that is away keeps no report out, so this gates nothing."""

    name: str = "platforms"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Ask each of them now, and order nothing."""
        named = platforms.named_platforms(data_folder())
        if silent := [*_silent(named)]:
            mend = f"See {platforms.FILE} in the data folder, and docs/guides/connect-your-platform.md."
            return Diagnosis(f"These do not answer as they should: {' '.join(silent)}", mend)
        if settings.DEMONSTRATION:
            return Diagnosis("The demonstration connects its simulated platform by itself while it is served.")
        if not named:
            return Diagnosis(f"No platform is named in {platforms.FILE}; people act there by hand.")
        return Diagnosis(f"These answer: {', '.join(connector.platform for connector in named)}.")


def _silent(named: list[Connector]) -> Iterator[str]:
    for connector in named:
        try:
            connector.capabilities()
        except SafeconductError as fault:
            yield f"{connector.platform}: {fault.sentence}"


CHECKS: tuple[Check, ...] = (PlatformsAnswer(),)
