"""Invented slips: any number of closed cases, of any kind."""

from collections.abc import Sequence

from hypothesis import strategies as some
from numpy.random import Generator, default_rng

from safeconduct.domains.transparency.rules import Dimension, Slip, rows_of

LANGUAGES = ("en", "ar")


def slip(**changes: object) -> Slip:
    usual = {
        "threat": "T5",
        "region": "western-asia",
        "language": "ar",
        "outcome": "protected",
        "replied_in_time": True,
        "settled_in_time": True,
        "secured": True,
    }
    return Slip(**(usual | changes))  # type: ignore[arg-type] # the fields of Slip, checked by its constructor


def drawn(seed: int, count: int, *, skew: float = 3.0, late: float = 0.2) -> list[Slip]:
    """Draw a period in which a few rows hold most cases, as in life."""
    draw = default_rng(seed)  # the same slips every time
    return [
        Slip(
            *(_one(draw, rows_of(dimension, LANGUAGES), skew) for dimension in Dimension),
            replied_in_time=bool(draw.random() > late),
            settled_in_time=bool(draw.random() > late * 2),
            secured=bool(draw.random() > 0.5),
        )
        for _ in range(count)
    ]


def _one(draw: Generator, rows: Sequence[str], skew: float) -> str:
    return rows[int(len(rows) * draw.random() ** skew)]


periods = some.builds(
    drawn,
    seed=some.integers(0, 2**32),
    count=some.integers(11, 600),
    skew=some.floats(0.5, 6),
    late=some.floats(0.02, 0.45),
)
