"""Draw the pictures of docs/concepts. A test compares them with what lies there."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "concepts"
WIDTH, HEIGHT = 1000, 680
BOX_HEIGHT = 58
STYLE = """
text { font: 14px/1.3 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; fill: #10242b; }
.soft { fill: #394c53; } .small { font-size: 12.5px; } .head { font-weight: 600; }
.paper { fill: #ffffff; }
.box { fill: #f1f5f3; stroke: #64787c; } .hand { fill: #fbf0d9; stroke: #6b4300; }
.key { fill: #dcecea; stroke: #0b5155; stroke-width: 2; } .sealed { fill: url(#hatch); stroke: #64787c; }
.hatch { stroke: #c3cfcc; stroke-width: 2; } .way { fill: none; stroke: #0b5155; stroke-width: 2; }
.tip { fill: #0b5155; }
@media (prefers-color-scheme: dark) {
text { fill: #e7efec; } .soft { fill: #b4c4c3; } .paper { fill: #10191c; } .box { fill: #1b282c; stroke: #7c9093; }
.hand { fill: #33260d; stroke: #f3c074; } .key { fill: #15343a; stroke: #86d3cb; } .sealed { stroke: #7c9093; }
.hatch { stroke: #33464a; } .way { stroke: #86d3cb; } .tip { fill: #86d3cb; }
}
"""


@dataclass(frozen=True)
class Box:
    """Something that is held, derived or sealed. ``kind`` is hand, box, key or sealed."""

    left: int
    top: int
    width: int
    kind: str
    name: str
    note: str = ""

    @property
    def right(self) -> int:
        """Return where it ends."""
        return self.left + self.width

    @property
    def middle(self) -> int:
        """Return half its height."""
        return self.top + BOX_HEIGHT // 2


@dataclass(frozen=True)
class Arrow:
    """A way from one point to the next, with the word that stands at ``at``."""

    points: tuple[tuple[int, int], ...]
    word: str = ""
    at: tuple[int, int] = (0, 0)


WORDS = Box(20, 70, 190, "hand", "Six words", "in someone’s head")
COOKIE = Box(20, 160, 190, "hand", "Cookie, 32 bytes", "in a browser, 12 h at most")
CARDS = Box(20, 280, 190, "hand", "Paper cards, 2 of 3", "with three keepers")
CODE = Box(20, 400, 190, "hand", "Case code, 27 digits", "with the reporter")
NONCE = Box(20, 490, 190, "hand", "Nonce of the form", "on the page, until it is sent")
WORKER = Box(20, 590, 190, "hand", "Worker’s memory", "gone with the process")

PASSPHRASE = Box(290, 70, 160, "box", "Passphrase key")
SESSION = Box(290, 160, 160, "box", "Session key")
PERSON = Box(530, 112, 190, "key", "Person’s key pair", "from a seed, sealed twice")
TEAM = Box(530, 280, 190, "key", "Team’s key pair", "a partner’s: conversations only")
REPORTER = Box(530, 400, 190, "key", "Reporter’s key pair", "made from the code")
DRAFT = Box(530, 490, 190, "box", "Draft key", "two hours")
OUTBOX = Box(530, 590, 190, "key", "Outbox key pair", "one hour at most")

WORK = Box(800, 170, 180, "key", "WORK key", "staff alone")
CONVERSATION = Box(800, 300, 180, "key", "CONVERSATION key", "reporter, partner, staff")
FIELDS = Box(800, 400, 180, "sealed", "Fields", "a file’s key is one of them")
TYPED = Box(800, 490, 180, "sealed", "What was typed so far")
ORDER = Box(800, 590, 180, "sealed", "An order on its way")

BOXES = (
    *(WORDS, COOKIE, CARDS, CODE, NONCE, WORKER, PASSPHRASE, SESSION, PERSON, TEAM, REPORTER, DRAFT, OUTBOX),
    *(WORK, CONVERSATION, FIELDS, TYPED, ORDER),
)


def _across(start: Box, end: Box, word: str) -> Arrow:
    middle = ((start.right + end.left) // 2, start.middle - 8)
    return Arrow(((start.right, start.middle), (end.left, end.middle)), word, middle)


def _down(start: Box, end: Box, word: str) -> Arrow:
    down = start.left + start.width // 2
    points = ((down, start.top + BOX_HEIGHT), (down, end.top))
    return Arrow(points, word, (down + 46, (points[0][1] + points[1][1]) // 2 + 4))


ARROWS = (
    _across(WORDS, PASSPHRASE, "Argon2id"),
    _across(COOKIE, SESSION, "HKDF"),
    Arrow(((450, 99), (490, 99), (490, 130), (530, 130)), "opens", (490, 91)),
    Arrow(((450, 189), (490, 189), (490, 152), (530, 152)), "opens", (490, 206)),
    _across(CARDS, TEAM, "SLIP-39"),
    _down(PERSON, TEAM, "unwraps"),
    _across(CODE, REPORTER, "HKDF"),
    Arrow(((115, 490), (115, 458)), "HKDF", (140, 479)),
    _across(NONCE, DRAFT, "HKDF"),
    _across(WORKER, OUTBOX, "made there, kept there"),
    Arrow(((720, 130), (760, 130), (760, 188), (800, 188)), "unwraps", (775, 121)),
    Arrow(((760, 188), (760, 318), (800, 318))),
    Arrow(((720, 300), (740, 300), (740, 210), (800, 210))),
    Arrow(((740, 300), (740, 332), (800, 332))),
    Arrow(((720, 429), (760, 429), (760, 347), (800, 347)), "unwraps", (752, 447)),
    _down(CONVERSATION, FIELDS, "seals"),
    Arrow(((980, 199), (992, 199), (992, 429), (980, 429))),
    _across(DRAFT, TYPED, "seals"),
    _across(OUTBOX, ORDER, "opens"),
)
HEADS = ((20, "In somebody’s hands"), (290, "Derived, never stored"), (530, "Key pairs"), (800, "What they open"))
HATCH = (
    '<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0v8" class="hatch"/></pattern>'
)
TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0l8 4-8 4z" class="tip"/></marker>'
)
TITLE = "Which key opens which"
TOLD = (
    "From left to right. Six words give a passphrase key by Argon2id, a cookie gives a session key by HKDF; either "
    "opens a person’s seed, and so their key pair. It unwraps the keys of their teams, which two of three paper cards "
    "give too. Person and team unwrap the WORK key and the CONVERSATION key of a case; a partner’s team, and the "
    "reporter’s key pair that follows from the case code, unwrap the CONVERSATION key alone. The two keys seal fields, "
    "and among the fields are the keys of files. The nonce of a form gives the case code, and a draft key that seals "
    "what was typed so far. An outbox key pair in the worker’s memory opens an order on its way to a platform."
)


def keys_picture() -> str:
    """Return the hierarchy of keys as an SVG file that follows the reader's light or dark mode."""
    parts: Sequence[str] = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{TITLE}</title><desc id="d">{escape(TOLD)}</desc>',
        f"<style>{STYLE}</style>",
        f"<defs>{HATCH}{TIP}</defs>",
        f'<path d="M0 0h{WIDTH}v{HEIGHT}H0z" class="paper"/>',
        *(f'<text x="{left}" y="40" class="head">{escape(word)}</text>' for left, word in HEADS),
        *(_drawn(arrow) for arrow in ARROWS),
        *(_framed(box) for box in BOXES),
        "</svg>",
    )
    return "\n".join([*parts, ""])


def _drawn(arrow: Arrow) -> str:
    path = "M" + "L".join(f"{left} {top}" for left, top in arrow.points)
    left, top = arrow.at
    word = f'<text x="{left}" y="{top}" text-anchor="middle" class="small soft">{escape(arrow.word)}</text>'
    return f'<path d="{path}" class="way" marker-end="url(#tip)"/>{word if arrow.word else ""}'


def _framed(box: Box) -> str:
    frame = f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{BOX_HEIGHT}" rx="4" class="{box.kind}"/>'
    middle, first = box.left + box.width // 2, box.middle + (-4 if box.note else 5)
    note = f'<text x="{middle}" y="{first + 19}" text-anchor="middle" class="small soft">{escape(box.note)}</text>'
    name = f'<text x="{middle}" y="{first}" text-anchor="middle" class="head">{escape(box.name)}</text>'
    return frame + name + (note if box.note else "")


PICTURES = {"keys.svg": keys_picture}


def main() -> int:
    """Write every picture."""
    for name, draw in PICTURES.items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
