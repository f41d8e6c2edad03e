"""Which figures of a table stay hidden, so that no arithmetic brings one back, even knowing these rules.

A figure of ten or fewer is never shown, nought included: that somebody wrote at all from a place can be enough. Since
sums are shown, more must be hidden than the small figures. ``docs/decisions/0010`` proves what is promised here: every
hidden figure could as well be any of at least eleven values, none to ten among them, whoever does the sum.
"""

from collections.abc import Collection, Sequence

LARGEST_HIDDEN = 10


def rows_together(counts: Sequence[int]) -> frozenset[int]:
    """Return the places of the rows of which only the sum is shown, for counts that sum to more than ten."""
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    small = sum(count <= LARGEST_HIDDEN for count in counts)
    if small == 0:
        return frozenset()
    sizes = range(small, len(counts))
    size = next((each for each in sizes if _hides([counts[place] for place in order], each)), len(counts))
    return frozenset(order[:size])


def _hides(ascending: Sequence[int], size: int) -> bool:
    """Answer whether the smallest so many rows hide each other.

    Either one of them could be the whole sum, being less than the smallest row shown; or all of them could be small,
    any one of them nothing. Otherwise a sum near the most they can be would give every one of them away.
    """
    together, next_shown = sum(ascending[:size]), ascending[size]
    spread = together < next_shown or together <= (size - 1) * LARGEST_HIDDEN
    return together > LARGEST_HIDDEN and spread


def rows_together_within(counts: Sequence[int], caps: Sequence[int], first: Collection[int]) -> frozenset[int] | None:
    """Return the same where no count can be more than its cap, which is known, and where ``first`` is hidden anyway.

    None where nothing can be shown: a sum near all that the caps allow would give the rows under it away.
    """
    order = sorted(range(len(counts)), key=lambda place: (place not in first, counts[place], place))
    small = [at for at, place in enumerate(order) if counts[place] <= LARGEST_HIDDEN or place in first]
    if not small:
        return frozenset()
    sizes = range(small[-1] + 1, len(order) + 1)
    return next((frozenset(order[:each]) for each in sizes if _hides_within(order, each, counts, caps)), None)


def _hides_within(order: Sequence[int], size: int, counts: Sequence[int], caps: Sequence[int]) -> bool:
    """Answer whether these rows hide each other though each stays below its cap."""
    together, room = sum(counts[place] for place in order[:size]), sum(caps[place] for place in order[:size])
    next_shown = min((counts[place] for place in order[size:]), default=together + 1)
    # What all the others cannot hold must be in this one.
    widths = (min(together, caps[place]) - max(0, together - room + caps[place]) for place in order[:size])
    wide = size == 1 or (together < next_shown and min(widths) > LARGEST_HIDDEN)
    return together > LARGEST_HIDDEN and (wide or together <= (size - 1) * LARGEST_HIDDEN)


def splits_hidden(yes: Sequence[int], counts: Sequence[int]) -> frozenset[int]:
    """Return the places of the rows whose yes and no are not shown, though their sums over all rows are.

    The rows with the fewest cases are hidden up to the last one that must be: their order is known anyway.
    """
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    if is_small(sum(yes), sum(counts)):
        return frozenset(order)
    small = [at for at, place in enumerate(order) if is_small(yes[place], counts[place])]
    if not small:
        return frozenset()
    sizes = range(small[-1] + 1, len(order))
    size = next((each for each in sizes if not _are_small(order[:each], yes, counts)), len(order))
    return frozenset(order[:size])


def is_small(yes: int, count: int) -> bool:
    """Answer whether one side of a yes or no is too small to be shown."""
    return min(yes, count - yes) <= LARGEST_HIDDEN


def _are_small(places: Sequence[int], yes: Sequence[int], counts: Sequence[int]) -> bool:
    return is_small(sum(yes[place] for place in places), sum(counts[place] for place in places))
