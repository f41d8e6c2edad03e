"""What has been heard of a request so far, judged without reading it: whether a worker would still have to wait."""

import re
from enum import Enum, auto

HEAD_BYTES = 32 * 1024
# The longest report in words alone, 20,000 letters of any script encoded as a form, and every other form with it.
SMALL_BYTES = 256 * 1024
# A line that asks for the next page before it has this one is heard no further than this.
MOST_BYTES = HEAD_BYTES + SMALL_BYTES

_ENDS = b"\r\n\r\n"
# A name, a colon and no space before it: a folded or crooked line could mean one thing to a proxy and another to us.
_CROOKED = re.compile(rb"\n(?![!#$%&'*+.^_`|~0-9a-z-]+:)|\r(?!\n)|\0", re.IGNORECASE)
_IN_CHUNKS = re.compile(rb"^transfer-encoding:", re.IGNORECASE | re.MULTILINE)
_EXPECTS = re.compile(rb"^expect:", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^content-length:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(rb"[0-9]{1,15}[ \t]*")
_PASSED_ON = re.compile(rb"^x-forwarded-for:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class Heard(Enum):
    """How much of a request is there."""

    NOTHING = auto()
    PART_OF_HEAD = auto()
    PART_OF_BODY = auto()
    ALL = auto()
    LARGE = auto()
    TOO_LONG = auto()
    WITHOUT_LENGTH = auto()
    DOUBTFUL = auto()


def heard(said: bytearray) -> Heard:
    """Return how much of a request was said. ``LARGE`` has its whole head, and a body that is to be streamed.

    Where a body ends must be beyond doubt, or its words would be lost and its rest taken for the next request.
    """
    ends = said.find(_ENDS, 0, HEAD_BYTES)
    if ends < 0:
        return _unfinished(said)
    head = bytes(said[:ends])
    lengths = _LENGTH.findall(head)
    if _CROOKED.search(head) or len(lengths) > 1 or not all(map(_NUMBER.fullmatch, lengths)):
        return Heard.DOUBTFUL
    if _IN_CHUNKS.search(head):
        return Heard.WITHOUT_LENGTH
    body_bytes = int(lengths[0]) if lengths else 0
    if body_bytes > SMALL_BYTES or _EXPECTS.search(head):
        return Heard.LARGE
    return Heard.ALL if len(said) >= ends + len(_ENDS) + body_bytes else Heard.PART_OF_BODY


def passed_on_for(said: bytearray) -> str:
    """Return the visitor's address as the proxy wrote it last into the head, or nothing."""
    ends = said.find(_ENDS, 0, HEAD_BYTES)
    written = _PASSED_ON.findall(bytes(said[:ends]))
    return written[-1].rpartition(b",")[2].strip().decode("latin-1") if written else ""


def _unfinished(said: bytearray) -> Heard:
    if len(said) >= HEAD_BYTES:
        return Heard.TOO_LONG
    return Heard.PART_OF_HEAD if said else Heard.NOTHING
