"""Which figures of a table stay hidden, so that no arithmetic brings one back, even knowing these rules.

A figure of ten or fewer is never shown, nought included: that somebody wrote at all from a place can be enough. Since
sums are shown, more must be hidden than the small figures. ``docs/decisions/0010`` proves what is promised here: every
hidden figure could as well be any of at least eleven values, none to ten among them, whoever does the sum.
"""

from collections.abc import Sequence

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
