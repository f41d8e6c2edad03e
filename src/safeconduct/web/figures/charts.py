"""Bars for the cases of a table, placed by the server for two widths, and mirrored for scripts from right to left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils import translation

from safeconduct.web.figures.words import count_words

WIDE, NARROW = 640, 328
_LABEL_ENDS, _BARS_BEGIN, _ROW = 284, 300, 36
_NARROW_ROW = 50
_HATCH: Final = 8


@dataclass(frozen=True)
class Amount:
    """One bar: what it stands for, how much, and whether it is the sum of rows not shown by themselves."""

    label: str
    count: int
    together: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar where it is drawn. ``hatch`` holds the strokes of one that stands for several rows."""

    label: str
    count: str
    label_x: float
    count_x: float
    text_y: float
    x: float
    y: float
    width: float
    hatch: str

    @property
    def together(self) -> bool:
        """Return whether it stands for several rows."""
        return bool(self.hatch)


@dataclass(frozen=True)
class Chart:
    """All bars at one width."""

    width: int
    height: int
    kind: str
    bars: tuple[Bar, ...]


def charts(amounts: Sequence[Amount]) -> tuple[Chart, Chart]:
    """Return the chart for wide and for narrow screens; bars begin at nought."""
    most = max(amount.count for amount in amounts)
    wide = tuple(_wide(amount, place, most) for place, amount in enumerate(amounts))
    narrow = tuple(_narrow(amount, place, most) for place, amount in enumerate(amounts))
    return (
        Chart(WIDE, len(wide) * _ROW + 4, "wide", wide),
        Chart(NARROW, len(narrow) * _NARROW_ROW, "narrow", narrow),
    )


def _wide(amount: Amount, place: int, most: int) -> Bar:
    y = place * _ROW + 10
    return _bar(amount, (0, _LABEL_ENDS, y + 12), (_BARS_BEGIN, y), (WIDE - _BARS_BEGIN) * amount.count / most, WIDE)


def _narrow(amount: Amount, place: int, most: int) -> Bar:
    y = place * _NARROW_ROW
    return _bar(amount, (0, NARROW, y + 15), (0, y + 24), NARROW * amount.count / most, NARROW)


def _bar(amount: Amount, text: tuple[int, int, int], start: tuple[int, int], width: float, screen: int) -> Bar:
    rtl = translation.get_language_bidi()
    label_x, count_x = (screen - text[0], screen - text[1]) if rtl else (text[0], text[1])
    x = screen - start[0] - width if rtl else float(start[0])
    hatch = _hatched(x, start[1], width) if amount.together else ""
    at = (round(x, 1), start[1], round(width, 1))
    return Bar(amount.label, count_words(amount.count), label_x, count_x, text[2], *at, hatch)


def _hatched(x: float, y: float, width: float) -> str:
    """Return slanted strokes across a bar, for what stands together."""
    starts = [x + _HATCH * step for step in range(int(width // _HATCH) + 1)]
    strokes = [f"M{left:.1f} {y + 14}L{right:.1f} {y}" for left, right in pairwise(starts)]
    return "".join(strokes) or f"M{x:.1f} {y + 14}L{x + width:.1f} {y}"
