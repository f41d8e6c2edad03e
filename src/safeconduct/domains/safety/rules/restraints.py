"""What may be done against what attacks somebody: one act, by a person, with a reason, never for ever unsaid."""

from collections.abc import Collection
from datetime import datetime, timedelta

from safeconduct.connectors.port import ON_AN_ITEM, AccountRef, ActKind, same_handle
from safeconduct.domains.safety.rules.words import By
from safeconduct.kernel.errors import NotAllowed, Refused

# From the mildest to the gravest. Nothing here is ever done to an account that somebody asks us to protect.
RESTRAINTS = (
    ActKind.CONTENT_DISABLE,
    ActKind.CONTENT_REMOVE,
    ActKind.INTERACTION_RESTRICT,
    ActKind.SESSIONS_REVOKE,
    ActKind.ACCOUNT_SUSPEND,
    ActKind.ACCOUNT_DEACTIVATE,
)
LONGEST_SUSPENSION = timedelta(days=365)
LONGEST_ITEM = 500


def check_restraint(act: ActKind, *, item: str, until: datetime | None, now: datetime) -> None:
    """Refuse a restraint that does not say on what or, where it would last for ever, until when."""
    if act not in RESTRAINTS:
        raise Refused("restraint.unknown", "Choose one of the acts that are listed.")
    if act in ON_AN_ITEM and not 0 < len(item.strip()) <= LONGEST_ITEM:
        raise Refused("restraint.no-item", "Give the link or the id of what is meant: the message, file or place.")
    if item.strip() and act not in ON_AN_ITEM:
        raise Refused(
            "restraint.item",
            "This is done to the whole account. Leave the message, file or place out, or choose again.",
        )
    suspends = act is ActKind.ACCOUNT_SUSPEND
    if suspends and (until is None or not now < until <= now + LONGEST_SUSPENSION):
        raise Refused("restraint.no-end", "Say when the suspension ends: within a year.")
    if until is not None and not suspends:
        raise Refused("restraint.end", "Only a suspension ends by itself. Leave the end out for anything else.")


def check_reason(reason: str) -> None:
    """Refuse to act against anybody without saying why."""
    if not reason.strip():
        raise Refused("restraint.no-reason", "Write what was seen there and which rule it breaks.")


def check_not_protected(account: AccountRef, protected: Collection[AccountRef]) -> None:
    """Refuse a sanction on an account that a report of this case asks us to protect."""
    if is_protected(account, protected):
        sentence = (
            "This account is one that a report asks us to protect. Secure it instead; a sanction never falls on it."
        )
        raise Refused("restraint.protected", sentence)


def is_protected(account: AccountRef, protected: Collection[AccountRef]) -> bool:
    """Answer whether an account is one of those to protect, however its name is written."""
    return any(one.platform == account.platform and same_handle(one.handle, account.handle) for one in protected)


def check_undo_of_restraint(by: By, reason: str) -> None:
    """Refuse to lift a restraint without a reason, and to anybody but a person of ours."""
    if by is not By.PERSON:
        raise NotAllowed
    if not reason.strip():
        raise Refused("restraint.no-reason-to-lift", "Write why it is taken back.")
