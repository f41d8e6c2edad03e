"""How the index stands, and what was named before: asked with the key in memory, or with the asker's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import structlog
from django.db.models import Exists, Max, Min

from safeconduct.domains.early_warning import memory
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey, SetAside, Waking
from safeconduct.domains.early_warning.rules import Value, named_in
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import queries as vault
from safeconduct.vault.index import FIRST, IndexKeys
from safeconduct.vault.values import DoesNotOpen, Place

log = structlog.get_logger()

ASLEEP = (
    "The index of accounts is asleep, so nothing was looked up. Nothing is lost: it wakes when somebody of the "
    "early-warning team signs in. Ask one of them, then look again."
)
BROKEN = (
    "A key of the index is missing, so nothing was looked up by account. Nothing is lost: look by words in your own "
    "cases, and ask somebody of the early-warning team and a custodian for 'safeconduct index rebuild'."
)
NONE_YET = (
    "There is no index of accounts yet. A lead makes a team of the kind early-warning; "
    "the index begins when the first of its members signs in with the team's key."
)


class State(StrEnum):
    """How the index stands."""

    NONE = "none"
    ASLEEP = "asleep"
    AWAKE = "awake"


@dataclass(frozen=True)
class IndexState:
    """How the index stands in the whole service, as its database has it."""

    state: State
    until: datetime | None = None
    generation: int = 0
    to_carry: int = 0
    processes: int = 0
    missing: tuple[int, ...] = ()
    set_aside: int = 0


def state_of_index() -> IndexState:
    """Return how many processes hold the key, until when, and how many entries wait for the newest generation."""
    newest = newest_generation()
    if not newest and not generations_missing():
        return IndexState(State.NONE)
    awake = [*Waking.objects.filter(until__gt=clock.now()).values_list("until", flat=True)]
    waiting = IndexEntry.objects.filter(generation__lt=newest).count()
    until = max(awake, default=None)
    state = State.AWAKE if awake else State.ASLEEP
    set_aside = SetAside.objects.count()
    return IndexState(state, until, newest, waiting, len(awake), generations_missing(), set_aside)


def generations_missing() -> tuple[int, ...]:
    """Return the generations that a kept key or entry rests on and whose own key is gone: somebody removed it."""
    there = generations_there()
    last = max(IndexEntry.objects.aggregate(last=Max("generation"))["last"] or 0, *there, 0)
    return tuple(sorted({*range(FIRST, last + 1)} - {*there}))


def generations_there() -> dict[int, UUID]:
    """Return the envelopes of the generations whose key is still wrapped to somebody."""
    kept = dict(IndexKey.objects.values_list("generation", "envelope"))
    held = vault.recipients_of_each(kept.values())
    return {generation: envelope for generation, envelope in kept.items() if held[envelope]}


def newest_generation() -> int:
    """Return the generation that new tags are made with; 0 before there is any."""
    return IndexKey.objects.order_by("-generation").values_list("generation", flat=True).first() or 0


def keys_awake() -> IndexKeys | None:
    """Return the keys that this process may use now: while the rows of both stand, and until the time."""
    found = memory.held()
    if found is None:
        return None
    newest = IndexKey.objects.filter(generation=found.keys.newest, envelope=found.keys.envelope)
    if Waking.objects.filter(Exists(newest), id=found.waking, until__gt=clock.now()).exists():
        return found.keys
    memory.forget()
    return None


def the_keys() -> IndexKeys:
    """Return the keys, or refuse with what to do."""
    keys = keys_awake()
    if keys is None:
        raise _without_keys()
    return keys


def _without_keys() -> Unavailable:
    if FIRST in generations_missing():
        return Unavailable("index.broken", BROKEN)
    return Unavailable("index.asleep", ASLEEP if newest_generation() else NONE_YET)


def reports_naming(value: Value, *, keys: IndexKeys) -> frozenset[UUID]:
    """Return the reports that named a value. What was never named takes as long as what was."""
    return reports_naming_any([value], keys=keys)


def reports_naming_any(values: Collection[Value], *, keys: IndexKeys) -> frozenset[UUID]:
    """Return the reports that named one of these."""
    plain = {value.plain for value in values if value.plain.words}
    generations = _generations_kept(keys)
    wanted = {_tag(keys, value, generation) for value in plain for generation in generations}
    found = IndexEntry.objects.filter(tag__in=wanted or {b""})
    ids = [ids_in(each, keys) or frozenset() for each in found]
    _decoy(keys)
    return frozenset().union(*ids)


def tags_of(values: Collection[Value], *, keys: IndexKeys) -> set[bytes]:
    """Return the tags under which these values are kept by the newest key."""
    return {_tag(keys, form, keys.newest) for value in values for form in named_in(value)}


def tags_kept(values: Collection[Value], *, keys: IndexKeys) -> set[bytes]:
    """Return the tags under which these values may be kept, by whatever key still has entries."""
    forms = {form for value in values for form in named_in(value)}
    return {_tag(keys, form, generation) for form in forms for generation in _generations_kept(keys)}


def ids_in(entry: IndexEntry, keys: IndexKeys) -> frozenset[UUID] | None:
    """Read which reports stand under one tag; nothing where somebody changed what is stored there."""
    try:
        return keys.read_ids(bytes(entry.sealed), place_of(entry), generation=entry.generation)
    except DoesNotOpen:
        # One entry that somebody damaged must not hide the others. The next sweep sets it aside, and doctor tells.
        log.warning("index.entry-damaged", entry=str(entry.id))
        return None


def place_of(entry: IndexEntry) -> Place:
    """Return where an entry's list belongs; it opens under no other generation."""
    return Place("early_warning_indexentry", entry.id, "sealed", entry.generation)


def _tag(keys: IndexKeys, value: Value, generation: int) -> bytes:
    return keys.tag(value.kind.value, value.platform, value.words, generation=generation)


def _generations_kept(keys: IndexKeys) -> range:
    oldest = IndexEntry.objects.aggregate(oldest=Min("generation"))["oldest"] or keys.newest
    return range(min(oldest, keys.newest), keys.newest + 1)


def _decoy(keys: IndexKeys) -> None:
    """Open something in any case, so that a value which was never named is not the quicker answer."""
    nothing = Place("early_warning_indexentry", new_id(), "sealed", keys.newest)
    sealed = keys.seal_ids(frozenset(), nothing, generation=keys.newest)
    keys.read_ids(sealed, nothing, generation=keys.newest)
