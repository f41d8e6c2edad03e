"""Whom the index's key is wrapped to: the early-warning team, never its members one by one."""

from datetime import datetime

from safeconduct.accounts import keys, roster
from safeconduct.accounts.models import KeyPair, Team
from safeconduct.accounts.queries.recipients import team_facts
from safeconduct.accounts.values import Desk, TeamKind
from safeconduct.vault.values import Recipient


def early_warning_recipients() -> tuple[Recipient, ...]:
    """Return the keys of the early-warning teams that two custodians signed as they stand; none where there is none."""
    if not Team.objects.filter(kind=TeamKind.EARLY_WARNING.value).exists():
        return ()
    teams = [one.id for one in team_facts() if one.kind is TeamKind.EARLY_WARNING and one.signed]
    return tuple(keys.recipient_of(key) for key in roster.current_keys(teams).values())


def is_early_warning(desk: Desk) -> bool:
    """Answer whether somebody signed in holds the present, signed key of an early-warning team."""
    return bool({one.id for one in early_warning_recipients()} & desk.ring.recipient_ids)


def early_warning_key_made_at() -> datetime | None:
    """Return when an early-warning team last had a new key, or None where there is no such team."""
    live = KeyPair.objects.filter(team__kind=TeamKind.EARLY_WARNING.value, superseded_at__isnull=True)
    return live.order_by("-made_at").values_list("made_at", flat=True).first()
