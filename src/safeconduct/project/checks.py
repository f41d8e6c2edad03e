"""What ``doctor`` asks of strangers' servers: whether those that the operator named answer as they should."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from safeconduct.accounts import queries as accounts
from safeconduct.domains.cases import queries as cases
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.kernel.errors import SafeconductError
from safeconduct.project import helpdesk, platforms, providers
from safeconduct.project.options import data_folder

# A server's name here, and a question to it that orders nothing.
Stranger = tuple[str, Callable[[], object]]


RENEW = (
    "A token: 'safeconduct connect matrix', with the short name that it has. A signing key: 'safeconduct connector "
    "make-key'. Then start 'safeconduct serve' again. Until then people act there by hand."
)


@dataclass(frozen=True)
class PlatformsAnswer:
    """Each platform says what it can do. A platform that is away keeps no report out, so this gates nothing."""

    name: str = "platforms"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Ask each of them now, and order nothing."""
        named = platforms.named_platforms(data_folder())
        if absent := platforms.absent_platforms(data_folder()):
            told = " ".join(f"{each.platform}: {each.fault.sentence}" for each in absent)
            return Diagnosis(f"These are out of reach: {told}", RENEW)
        answered = _ask(
            [(each.platform, each.capabilities) for each in named],
            file=platforms.FILE,
            guide="connect-your-platform.md",
        )
        if not answered.well:
            return answered
        if settings.DEMONSTRATION:
            return Diagnosis("The demonstration connects its simulated platform by itself while it is served.")
        if not named:
            return Diagnosis(f"No platform is named in {platforms.FILE}; people act there by hand.")
        return answered


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
        answered = _ask([(each.id, each.look) for each in named], file=providers.FILE, guide="sign-in.md")
        if answered.well and not accounts.leads_without_provider():
            what = "Every lead comes in through a provider. When it is away, no page lets any of them in."
            mend = "Unlink one lead: 'safeconduct members unlink NAME'. They keep name, words and code."
            return Diagnosis(what, mend)
        return answered


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


def _ask(strangers: Sequence[Stranger], *, file: str, guide: str) -> Diagnosis:
    silent = [f"{name}: {fault}" for name, question in strangers if (fault := _fault_in(question))]
    if silent:
        mend = f"See {file} in the data folder, and docs/guides/{guide}."
        return Diagnosis(f"These do not answer as they should: {' '.join(silent)}", mend)
    return Diagnosis(f"These answer: {', '.join(name for name, _ in strangers)}.")


def _fault_in(question: Callable[[], object]) -> str:
    try:
        question()
    except SafeconductError as fault:
        return fault.sentence
    return ""


CHECKS: tuple[Check, ...] = (PlatformsAnswer(), ProvidersAnswer(), HelpdeskTold())
