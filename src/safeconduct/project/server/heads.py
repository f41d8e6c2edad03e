"""What has been heard of a request so far, judged without reading it: whether a worker would still have to wait."""

import re
from enum import Enum, auto

HEAD_BYTES = 32 * 1024
# The longest report in words alone, 20,000 letters of any script encoded as a form, and every other form with it.
SMALL_BYTES = 256 * 1024

_ENDS = b"\r\n\r\n"
_STREAMED = re.compile(rb"^(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PASSED_ON = re.compile(rb"^x-forwarded-for[ \t]*:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class Heard(Enum):
    """How much of a request is there."""

    NOTHING = auto()
    PART_OF_HEAD = auto()
    PART_OF_BODY = auto()
    ALL = auto()
    LARGE = auto()
    TOO_LONG = auto()


def heard(said: bytearray) -> Heard:
    """Return how much of a request was said. ``LARGE`` has its whole head, and a body that is to be streamed."""
    ends = said.find(_ENDS, 0, HEAD_BYTES)
    if ends < 0:
        return _unfinished(said)
    head = bytes(said[: ends + 2])
    body_bytes = max((int(each) for each in _LENGTH.findall(head)), default=0)
    if body_bytes > SMALL_BYTES or _STREAMED.search(head):
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
