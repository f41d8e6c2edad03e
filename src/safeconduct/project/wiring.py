"""Which room hears, is asked and follows when another has something to say. The only place that sees all at once."""

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from safeconduct.accounts import following
from safeconduct.accounts.services import taken_away
from safeconduct.audit import checks as about_the_record
from safeconduct.backups import checks as about_backups
from safeconduct.backups import replaying
from safeconduct.connectors.heard import count as count_heard
from safeconduct.connectors.incoming import Happenings
from safeconduct.domains.cases import checks as about_cases
from safeconduct.domains.cases import gates, needed
from safeconduct.domains.cases import kept_checks as about_keeping
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.cases.services import erasing, held_locks, rewrapping
from safeconduct.domains.defenders import checks as about_defenders
from safeconduct.domains.defenders import services as defenders
from safeconduct.domains.demands import checks as about_demands
from safeconduct.domains.demands import services as demands
from safeconduct.domains.demands.events import DemandEnded
from safeconduct.domains.demands.services import keeping as register
from safeconduct.domains.early_warning import checks as about_early_warning
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.domains.partners.services import taken_away as of_partners
from safeconduct.domains.remedy import checks as about_remedy
from safeconduct.domains.remedy import queries as remedy
from safeconduct.domains.remedy import services as reasons
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.services import forgetting as appeals
from safeconduct.domains.safety.events import LockHeld
from safeconduct.domains.transparency import services as transparency
from safeconduct.kernel import checks, events
from safeconduct.project import checks as about_platforms
from safeconduct.project import counting_checks as about_counting
from safeconduct.vault import ledger
from safeconduct.vault import services as vault
from safeconduct.web.portal import checks as about_the_portal

# Whom doctor asks, in the order in which it tells.
EXAMINED: tuple[ModuleType, ...] = (
    about_the_record,
    about_backups,
    about_defenders,
    about_early_warning,
    about_cases,
    about_keeping,
    about_demands,
    about_remedy,
    about_the_portal,
    about_platforms,
    about_counting,
)

# A fact that a lower room announces, and who hears it.
HEARD: tuple[tuple[type[Any], Callable[[Any], None]], ...] = (
    (Happenings, count_heard),
    (LockHeld, held_locks.raise_its_case),
    (CaseClosed, transparency.count_closed),
    (AppealDecided, transparency.count_appeal),
    (DemandEnded, transparency.count_demand),
)

# Who above cases may still need one, and how it lets go.
NEEDED = {
    "appeals": needed.Room(appeals.needs, appeals.ids, appeals.forget),
    "demands": needed.Room(register.needs, register.ids, register.forget),
}

# Who carries what it sealed to the keys of today, in the order in which it is done at the door.
FOLLOWING = {
    "demands": following.Room(demands.follow_keys),
    "cases": following.Room(rewrapping.follow_keys, gather=rewrapping.gather),
    "appeals": following.Room(reasons.rewrap_reviews),
    "numbers": following.Room(transparency.follow_keys),
    "index": following.Room(early_warning.follow_keys),
    "identities": following.Room(defenders.follow_benches),
}

# What a line of the ledger tells of, and who loses it again after a restore.
LOST_AGAIN: tuple[tuple[str, replaying.Again], ...] = (
    (ledger.DESTROYED, vault.destroy_again),
    (ledger.DESTROYED, erasing.forget_destroyed),
    (ledger.DESTROYED, transparency.forget_destroyed),
    (ledger.DESTROYED, register.forget_destroyed),
    (ledger.DESTROYED, defenders.forget),
    (defenders.HANDED, defenders.forget_handed),
    (erasing.LETTERS, erasing.forget_letters),
    (erasing.WAYS, erasing.close_ways_in),
)

# What a line tells was taken away from somebody, and who takes it away again after a restore.
TAKEN_AGAIN: tuple[tuple[str, replaying.Again], ...] = (
    (taken_away.UNPINNED, taken_away.unpin_again),
    (taken_away.PUT_OUT, taken_away.put_out_again),
    (taken_away.KEYS, taken_away.end_keys_again),
    (taken_away.PASSKEYS, taken_away.end_passkeys_again),
    (taken_away.LINKS, taken_away.end_links_again),
    (of_partners.TOKENS, of_partners.end_tokens_again),
    (of_partners.SUSPENDED, of_partners.suspend_again),
    (of_partners.LEFT, of_partners.part_again),
)

# Who says which sealed files still belong to something.
LISTED = (cases.listed_files, remedy.listed_files)


def wire() -> None:
    """Let doctor look at every room, and every room be heard. Called once, when Django is ready."""
    for check in (each for room in EXAMINED for each in room.CHECKS):
        checks.register(check)
    for fact, listener in HEARD:
        events.subscribe(fact, listener)
    for name, room in NEEDED.items():
        needed.register(name, room)
    for name, follower in FOLLOWING.items():
        following.register(name, follower)
    for kind, again in LOST_AGAIN:
        replaying.on(kind, again)
    for kind, again in TAKEN_AGAIN:
        replaying.on_taken(kind, again)
    replaying.on_given_back(taken_away.PINNED, taken_away.UNPINNED)
    replaying.list_left(taken_away.still_in)
    for listed in LISTED:
        replaying.list_files(listed)
    _guard_the_door()


def _guard_the_door() -> None:
    gates.demand("appeals", about_remedy.gate)
    for check in about_the_portal.CHECKS:
        gates.demand(check.name, partial(_refusal, check))


def _refusal(check: checks.Check) -> str:
    diagnosis = check.run()
    return "" if diagnosis.well else f"{diagnosis.what} {diagnosis.mend}"
