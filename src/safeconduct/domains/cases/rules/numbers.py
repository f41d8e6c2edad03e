"""Case numbers: short, random, easy to say. They count nothing."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which are read as digits
CASE_NUMBERS = len(LETTERS) * 10 * len(LETTERS) * 1000


def case_number(drawn: int) -> str:
    """Return the case number, such as ``K7M-204``, for a number drawn below ``CASE_NUMBERS``."""
    rest, last = divmod(drawn, 1000)
    rest, second = divmod(rest, len(LETTERS))
    first, digit = divmod(rest, 10)
    return f"{LETTERS[first]}{digit}{LETTERS[second]}-{last:03d}"
