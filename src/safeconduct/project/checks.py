"""What ``doctor`` looks at out here: whether the platforms that the operator named can be reached."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from safeconduct.accounts import queries as accounts
from safeconduct.connectors.introductions import IdentityProvider
from safeconduct.connectors.port import Connector
from safeconduct.domains.cases import queries as cases
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.kernel.errors import SafeconductError
from safeconduct.project import helpdesk, platforms, providers
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


@dataclass(frozen=True)
class ProvidersAnswer:
    """Each identity provider answers with a key we take, and somebody can get in without any of them."""

    name: str = "sign-in"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Ask each of them now, and count the leads who need none."""
        named = providers.named_providers(data_folder())
        if not named:
            return Diagnosis("Everybody signs in by name, words and code.")
        if silent := [*_not_introducing(named)]:
            mend = f"See {providers.FILE} in the data folder, and docs/guides/sign-in.md."
            return Diagnosis(f"These do not answer as they should: {' '.join(silent)}", mend)
        if not accounts.leads_without_provider():
            sentence = "Unlink one lead: 'safeconduct members unlink NAME'. They keep name, words and code."
            return Diagnosis(
                "Every lead comes in through a provider. When it is away, no page lets any of them in.", sentence
            )
        return Diagnosis(f"These introduce people: {', '.join(provider.id for provider in named)}.")


def _not_introducing(named: list[IdentityProvider]) -> Iterator[str]:
    for provider in named:
        try:
            provider.look()
        except SafeconductError as fault:
            yield f"{provider.id}: {fault.sentence}"


@dataclass(frozen=True)
class HelpdeskTold:
    """The operator's helpdesk takes link records, where one is named."""

    name: str = "helpdesk"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count the records that it did not take. Nothing is sent to find out."""
        named = helpdesk.named_helpdesk(data_folder())
        if named is None:
            return Diagnosis("No helpdesk is told of cases.")
        if refused := cases.untold_link_records():
            mend = f"See {helpdesk.FILE} in the data folder, and docs/guides/helpdesk.md."
            return Diagnosis(f"{named.name} did not take these link records, tried three times: {refused:,}.", mend)
        return Diagnosis(f"{named.name} is told of each case: number, severity, clock and address.")


CHECKS: tuple[Check, ...] = (PlatformsAnswer(), ProvidersAnswer(), HelpdeskTold())
