"""Case codes: what a reporter keeps. Three lines of ten digits that look like three telephone numbers on paper.

Nine digits of each line are random (89.7 bits in all, beyond any search), the tenth is Damm's check digit, which
catches every wrong digit and every swap of neighbours. Each line's check starts from the line's number, so lines
may be typed in any order and a line typed twice is caught.
"""

import unicodedata
from collections.abc import Sequence
from functools import reduce
from typing import Final, Self

from safeconduct.kernel.errors import Refused
from safeconduct.vault.hidden import Hidden, same
from safeconduct.vault.labels import derived, derived_id
from safeconduct.vault.values import ReporterKey

NONCE_BYTES = 32
LINES: Final = (1, 2, 3)
RANDOM_DIGITS = 9
LINE_DIGITS = RANDOM_DIGITS + 1
LONGEST_TEXT = 1000

# H. M. Damm, 2004: a totally anti-symmetric quasigroup of order ten. Row: state so far; column: next digit.
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class WrongLine(Refused):
    """One line of a case code was mistyped. ``number`` is the line's, 1 to 3."""

    def __init__(self, number: int) -> None:
        """Name the line and repeat nothing of it."""
        super().__init__(
            "casecode.wrong-line", f"Line {number} of the case code does not read right. Type that line again."
        )
        self.number = number


class CaseCode(Hidden):
    """A code that reads right. Whether it opens anything is another question."""

    __slots__ = ("digits",)

    def __init__(self, digits: str) -> None:
        self.digits = digits

    @classmethod
    def from_nonce(cls, nonce: bytes) -> Self:
        """Return the code that a form's nonce gives, the same each time, so a form sent twice is one report."""
        if len(nonce) < NONCE_BYTES:
            raise ValueError("A nonce has at least 32 bytes.")
        # 64 bytes, so that the remainder leans towards no digit.
        number = int.from_bytes(derived(nonce, "case code", size_bytes=64), "big") % 10 ** (RANDOM_DIGITS * len(LINES))
        digits = f"{number:0{RANDOM_DIGITS * len(LINES)}}"
        parts = [digits[at : at + RANDOM_DIGITS] for at in range(0, len(digits), RANDOM_DIGITS)]
        return cls("".join(part + _check_digit(part, line) for line, part in zip(LINES, parts, strict=True)))

    @classmethod
    def parse(cls, typed: str | Sequence[str]) -> Self:
        """Read a code in any script's digits and with any spacing, or raise ``WrongLine``."""
        lines = _lines(typed)
        claimed = [_line_of(line) for line in lines]
        if sorted(claimed) == [*LINES]:
            return cls("".join(line for _, line in sorted(zip(claimed, lines, strict=True))))
        broken = [number for number, claim in zip(LINES, claimed, strict=True) if claim not in LINES]
        misplaced = [number for number, claim in zip(LINES, claimed, strict=True) if claim != number]
        raise WrongLine((broken or misplaced)[0])

    @property
    def lines(self) -> tuple[str, str, str]:
        """Return the three lines as they are shown, 3-3-4."""
        first, second, third = (self.digits[at : at + LINE_DIGITS] for at in range(0, len(self.digits), LINE_DIGITS))
        return _shown(first), _shown(second), _shown(third)

    @property
    def reporter(self) -> ReporterKey:
        """Return the key that this code stands for, and the id under which it is known."""
        secret = self.digits.encode()
        return ReporterKey(recipient_id=derived_id(secret, "reporter id"), key=derived(secret, "reporter key"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaseCode) and same(self.digits.encode(), other.digits.encode())

    def __hash__(self) -> int:
        return hash(self.digits)


def _shown(line: str) -> str:
    return f"{line[:3]} {line[3:6]} {line[6:]}"


def _state(digits: str, line: int) -> int:
    return reduce(lambda state, digit: int(DAMM[state][int(digit)]), digits, line)


def _check_digit(digits: str, line: int) -> str:
    return str(DAMM[_state(digits, line)].index("0"))


def _line_of(digits: str) -> int:
    """Return the number of the line whose check these digits pass, or 0."""
    if len(digits) != LINE_DIGITS:
        return 0
    return next((line for line in LINES if _state(digits, line) == 0), 0)


def _lines(typed: str | Sequence[str]) -> list[str]:
    """Return three strings of plain digits, whether the code came as three fields, three lines or one run."""
    pieces = [_plain(piece[:LONGEST_TEXT]) for piece in (typed.splitlines() if isinstance(typed, str) else typed)]
    filled = [piece for piece in pieces if piece]
    if len(pieces) == len(LINES) and len(filled) > 1:
        return pieces
    if len(filled) == len(LINES):
        return filled
    run = "".join(filled)
    return [run[:LINE_DIGITS], run[LINE_DIGITS : 2 * LINE_DIGITS], run[2 * LINE_DIGITS :]]


def _plain(text: str) -> str:
    """Return the decimal digits of any script as 0 to 9; spaces, dashes and marks of direction fall away."""
    digits = (unicodedata.decimal(letter, None) for letter in text)
    return "".join(str(digit) for digit in digits if digit is not None)
