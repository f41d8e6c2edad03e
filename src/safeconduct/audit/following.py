"""The record as it grows, for a system of the operator's that reads along. What was read is never read twice."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from safeconduct.audit.models import Checkpoint, Entry, Waiting
from safeconduct.audit.sequencer import leaf_text
from safeconduct.audit.tree import leaf_hash
from safeconduct.kernel import clock

AT_ONCE = 1000


def lines_from(index: int) -> Iterator[str]:
    """Yield the entries from this place up to the newest checkpoint, at most a thousand, each as one JSON line.

    Only what is signed is given out, so a place means the same entry for ever.
    """
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return
    found = Entry.objects.filter(index__gte=index, index__lt=newest.size).order_by("index")
    yield from map(line_of, found[:AT_ONCE])


def line_of(entry: Entry) -> str:
    """Return an entry as one JSON line, with its place and the hash of its leaf."""
    text = leaf_text(entry)
    return json.dumps({"index": entry.index, **json.loads(text), "leaf": leaf_hash(text.encode()).hex()})


def oldest_waiting() -> datetime | None:
    """Return since when an entry has waited for its place, or None; what waits for midnight is not meant."""
    return (
        Waiting.objects.filter(Q(number__gte=0) | Q(at__lte=clock.now()))
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )
