"""What a report names is put into the index, and what is gone is taken out of it."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey
from safeconduct.domains.early_warning.queries import keys_awake, place_of, read_entry, tags_of
from safeconduct.domains.early_warning.rules import Value
from safeconduct.kernel.actors import BY_RULE
from safeconduct.vault.index import IndexKeys

AT_ONCE = 200

# Asked with ids of reports, it returns those that somebody can still open.
StillThere = Callable[[Collection[UUID]], Collection[UUID]]


@transaction.atomic
def name_report(report_id: UUID, values: Collection[Value], *, keys: IndexKeys) -> int:
    """Let a report be found again by each of these values; return under how many tags it stands."""
    # In one order whoever asks, so that two reports that name the same accounts wait and do not lock each other out.
    tags = sorted(tags_of(values, keys=keys))
    for tag in tags:
        _add(tag, report_id, keys)
    audit.record(BY_RULE, "index.named", IndexKey.objects.get(generation=keys.newest).id, facts={"tags": len(tags)})
    return len(tags)


def _add(tag: bytes, report_id: UUID, keys: IndexKeys) -> None:
    IndexEntry.objects.bulk_create([_empty(tag, keys)], ignore_conflicts=True)
    entry = IndexEntry.objects.select_for_update().get(tag=tag)
    write(entry, read_entry(entry, keys) | {report_id}, keys)


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


@transaction.atomic
def _sweep(batch: Collection[UUID], keys: IndexKeys, still_there: StillThere) -> int:
    entries = IndexEntry.objects.select_for_update().filter(id__in=batch, generation__lte=keys.newest).order_by("id")
    named = {each: read_entry(each, keys) for each in entries}
    there = frozenset(still_there(frozenset().union(*named.values())))
    thinner = [(entry, ids & there) for entry, ids in named.items() if ids - there]
    for entry, ids in thinner:
        write(entry, ids, keys)
    if thinner:
        newest = IndexKey.objects.get(generation=keys.newest)
        audit.record(BY_RULE, "index.swept", newest.id, facts={"entries": len(thinner)})
    return len(thinner)
