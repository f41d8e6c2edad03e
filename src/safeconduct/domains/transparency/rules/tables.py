"""The published figures of a period: slips summed into tables, with what must be hidden left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safeconduct.domains.transparency.rules.counting import Dimension, Question, Slip, rows_of
from safeconduct.domains.transparency.rules.hiding import LARGEST_HIDDEN, is_small, rows_together, splits_hidden
from safeconduct.kernel.errors import Refused

# Which questions are shown in which table. Drawn as lines between tables and questions these make no ring, and must
# not: round a ring one could work out more than each table says by itself (docs/decisions/0010).
SHOWN_IN: Final = {
    Dimension.THREAT: (Question.REPLIED, Question.SECURED),
    Dimension.REGION: (Question.REPLIED, Question.SETTLED),
    Dimension.LANGUAGE: (Question.REPLIED,),
    Dimension.OUTCOME: (),
}
TOO_FEW = "Ten or fewer cases closed in this period, so nothing of it can be shown. Take more months together."


@dataclass(frozen=True)
class Split:
    """How many cases say yes and how many no; ``few`` names the side that is ten or fewer, where that alone is said."""

    yes: int | None = None
    no: int | None = None
    few: str = ""


@dataclass(frozen=True)
class Row:
    """One row. ``cases`` is None where only the sum with others is shown; a question not shown here is left out."""

    row: str
    cases: int | None
    splits: dict[Question, Split]


@dataclass(frozen=True)
class Table:
    """The cases of a period by one dimension. ``together`` is the sum of the rows that are not shown by themselves."""

    by: Dimension
    rows: tuple[Row, ...]
    together: Row | None


@dataclass(frozen=True)
class Numbers:
    """All figures of a period."""

    cases: int
    splits: dict[Question, Split]
    tables: tuple[Table, ...]


def numbers_from(slips: Sequence[Slip], *, languages: Sequence[str]) -> Numbers:
    """Sum up a period, or refuse when it holds too little to show anything."""
    if len(slips) <= LARGEST_HIDDEN:
        raise Refused("numbers.too-few", TOO_FEW)
    splits = {question: _whole(slips, question) for question in Question}
    tables = tuple(_table(slips, dimension, rows_of(dimension, languages)) for dimension in Dimension)
    return Numbers(len(slips), splits, tables)


def _whole(slips: Sequence[Slip], question: Question) -> Split:
    """Return a question over the whole period: a small side is said to be ten or fewer, where that tells no more."""
    count, yes = len(slips), sum(slip.says(question) for slip in slips)
    if not is_small(yes, count):
        return Split(yes, count - yes)
    if count <= 2 * LARGEST_HIDDEN:
        # Here "ten or fewer missed" would also say that hardly any can have been missed.
        return Split()
    return Split(few="yes" if yes <= LARGEST_HIDDEN else "no")


def _table(slips: Sequence[Slip], dimension: Dimension, names: tuple[str, ...]) -> Table:
    slips = [_among(slip, dimension, names) for slip in slips]
    counted = Counter(slip.row(dimension) for slip in slips)
    hidden = rows_together([counted[name] for name in names])
    groups: list[tuple[str, ...]] = [(name,) for place, name in enumerate(names) if place not in hidden]
    groups += [tuple(name for place, name in enumerate(names) if place in hidden)] if hidden else []
    drawn = _rows(slips, dimension, groups)
    shown = {row.row: row for row in (drawn[:-1] if hidden else drawn)}
    rows = tuple(shown.get(name) or Row(name, None, {}) for name in names)
    return Table(dimension, rows, drawn[-1] if hidden else None)


def _among(slip: Slip, dimension: Dimension, names: tuple[str, ...]) -> Slip:
    """Count in the last row, which is for the rest, what has no row: languages offered may change in a period."""
    return slip if slip.row(dimension) in names else slip.moved(dimension, names[-1])


def _rows(slips: Sequence[Slip], dimension: Dimension, groups: Sequence[tuple[str, ...]]) -> list[Row]:
    inside = [[slip for slip in slips if slip.row(dimension) in group] for group in groups]
    counts = [len(each) for each in inside]
    splits: list[dict[Question, Split]] = [{} for _ in groups]
    for question in SHOWN_IN[dimension]:
        yes = [sum(slip.says(question) for slip in each) for each in inside]
        hidden = splits_hidden(yes, counts)
        for place in range(len(groups)):
            said = Split() if place in hidden else Split(yes[place], counts[place] - yes[place])
            splits[place][question] = said
    names = [group[0] if len(group) == 1 else "together" for group in groups]
    return [Row(*each) for each in zip(names, counts, splits, strict=True)]
