"""What a report names is put into the index, and what is gone is taken out of it."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey, SetAside
from safeconduct.domains.early_warning.queries import ASLEEP, ids_in, keys_awake, place_of, tags_kept, tags_of
from safeconduct.domains.early_warning.rules import Value
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault.index import IndexKeys

AT_ONCE = 200

# Asked with ids of reports, it returns those that somebody can still open.
StillThere = Callable[[Collection[UUID]], Collection[UUID]]


@transaction.atomic
def name_report(report_id: UUID, values: Collection[Value], *, keys: IndexKeys, gone: Collection[Value] = ()) -> int:
    """Let a report be found again by each of these values; return under how many tags it stands.

    ``gone`` is what it named before and names no more: it is found by that no longer.
    """
    _take_out(report_id, tags_kept(gone, keys=keys) - tags_kept(values, keys=keys), keys)
    row = _standing(keys)
    # Whoever takes several entries takes the older generations first, and each generation by its tags: here, in a sweep
    # and in a rotation. So those who meet wait, and do not lock each other out.
    tags = sorted(tags_of(values, keys=keys))
    for tag in tags:
        add(tag, frozenset({report_id}), keys)
    # No number: the entry stands beside the report's own, and a small number committed to is soon guessed.
    audit.record(BY_RULE, "index.named", row.id)
    return len(tags)


def _standing(keys: IndexKeys) -> IndexKey:
    """Lock the newest of these keys, or refuse: where the index was begun anew, another key has its number."""
    row = IndexKey.objects.select_for_update().filter(generation=keys.newest, envelope=keys.envelope).first()
    if row is None:
        raise Unavailable("index.asleep", ASLEEP)
    return row


def _take_out(report_id: UUID, tags: Collection[bytes], keys: IndexKeys) -> None:
    entries = IndexEntry.objects.select_for_update().filter(tag__in=tags or {b""}).order_by("generation", "tag")
    for entry, ids in opened_or_set_aside(entries, keys).items():
        if report_id in ids:
            write(entry, ids - {report_id}, keys)


def add(tag: bytes, more: frozenset[UUID], keys: IndexKeys) -> None:
    """Let a tag of the newest generation lead to these reports too; an entry that does not open makes way for it."""
    entry = _taken(tag, keys)
    while (ids := ids_in(entry, keys)) is None:
        set_aside(entry)
        entry = _taken(tag, keys)
    write(entry, ids | more, keys)


def _taken(tag: bytes, keys: IndexKeys) -> IndexEntry:
    """Lock a tag's entry, and make it where there is none. Asked again if a sweep took it away between the two."""
    entry = None
    while entry is None:
        IndexEntry.objects.bulk_create([_empty(tag, keys)], ignore_conflicts=True)
        entry = IndexEntry.objects.select_for_update().filter(tag=tag).first()
    return entry


def set_aside(entry: IndexEntry) -> None:
    """Put an entry that does not open where it stops nobody and doctor counts it."""
    SetAside.objects.create(id=entry.id, generation=entry.generation, tag=entry.tag, sealed=entry.sealed)
    audit.record(BY_RULE, "index.set-aside", entry.id)
    entry.delete()


def _empty(tag: bytes, keys: IndexKeys) -> IndexEntry:
    entry = IndexEntry(generation=keys.newest, tag=tag)
    entry.sealed = keys.seal_ids(frozenset(), place_of(entry), generation=keys.newest)
    return entry


def write(entry: IndexEntry, ids: frozenset[UUID], keys: IndexKeys) -> None:
    """Seal anew what one tag leads to; a tag that leads nowhere any more goes."""
    if not ids:
        entry.delete()
        return
    entry.sealed = keys.seal_ids(ids, place_of(entry), generation=entry.generation)
    entry.save(update_fields=["generation", "tag", "sealed"])


def sweep(still_there: StillThere) -> int:
    """Take out of the index the reports that nobody can open any more; return how many entries changed.

    Asleep it does nothing: what is sealed in an entry can be read by whoever wakes it, and by nobody before.
    """
    keys = keys_awake()
    if keys is None:
        return 0
    changed, last = 0, None
    while batch := _after(last):
        changed += _sweep(batch, keys, still_there)
        last = batch[-1]
    return changed


def _after(last: UUID | None) -> list[UUID]:
    found = IndexEntry.objects.order_by("id").values_list("id", flat=True)
    return [*(found.filter(id__gt=last) if last else found)[:AT_ONCE]]


def opened_or_set_aside(entries: Iterable[IndexEntry], keys: IndexKeys) -> dict[IndexEntry, frozenset[UUID]]:
    """Read these entries; what does not open is set aside and is not among them."""
    opened = {}
    for entry in entries:
        ids = ids_in(entry, keys)
        if ids is None:
            set_aside(entry)
        else:
            opened[entry] = ids
    return opened


@transaction.atomic
def _sweep(batch: Collection[UUID], keys: IndexKeys, still_there: StillThere) -> int:
    entries = IndexEntry.objects.select_for_update().filter(id__in=batch, generation__lte=keys.newest)
    named = opened_or_set_aside(entries.order_by("generation", "tag"), keys)
    there = frozenset(still_there(frozenset().union(*named.values())))
    thinner = [(entry, ids & there) for entry, ids in named.items() if ids - there]
    for entry, ids in thinner:
        write(entry, ids, keys)
    if thinner:
        newest = IndexKey.objects.get(generation=keys.newest)
        audit.record(BY_RULE, "index.swept", newest.id)
    return len(thinner)
