"""Sterile copies: a stranger's picture drawn anew in a caged process, so that only pixels reach a screen."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from safeconduct.kernel.errors import Refused, Unavailable

CHILD = Path(__file__).with_name("sterile_child.py")
SECONDS_AT_MOST = 20.0
WAIT_FOR_A_PLACE_SECONDS = 20.0
BYTES_AT_MOST = 25_000_000
_MEDIA_TYPE_BYTES = 16
_NOT_A_PICTURE, _TOO_MANY_PIXELS = 3, 4

# Decoding is the one place where a stranger's bytes spend our memory: two at a time, the rest wait.
_places = threading.BoundedSemaphore(2)


class PictureSize(StrEnum):
    """How much of a picture to show: first small and grey, then, if still wanted, all of it."""

    SMALL_AND_GREY = "small-and-grey"
    FULL = "full"


@dataclass(frozen=True)
class Picture:
    """A picture of our own drawing."""

    content: bytes
    media_type: str


def sterile_copy(original: bytes, *, size: PictureSize) -> Picture:
    """Draw the picture anew in a process without network, files or keys; no decoder of ours meets the original."""
    if not _places.acquire(timeout=WAIT_FOR_A_PLACE_SECONDS):
        raise Unavailable("picture.busy", "Other pictures are being made safe to look at. Try again in a minute.")
    try:
        code, answer = _ask_the_child(original, size)
    finally:
        _places.release()
    return _picture(code, answer)


def _ask_the_child(original: bytes, size: PictureSize) -> tuple[int, bytes]:
    # A fresh program, not a fork: a fork would carry every key this process holds into the cage.
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own file; the only argument is one of two words
        [sys.executable, "-I", "-W", "ignore", str(CHILD), size.value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        close_fds=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        end = threading.Timer(SECONDS_AT_MOST, child.kill)
        feed = threading.Thread(target=_feed, args=(child.stdin, original), daemon=True)
        end.start()
        feed.start()
        try:
            # One byte too many is how an answer without end is noticed.
            answer = child.stdout.read(BYTES_AT_MOST + 1)
            if len(answer) > BYTES_AT_MOST:
                child.kill()
            return child.wait(), answer
        finally:
            end.cancel()
            feed.join(timeout=SECONDS_AT_MOST)


def _feed(pipe: IO[bytes], original: bytes) -> None:
    try:
        with pipe:
            pipe.write(original)
    except BrokenPipeError:
        return  # the child has refused and gone; its exit code says why


def _picture(code: int, answer: bytes) -> Picture:
    if code == _TOO_MANY_PIXELS:
        raise Refused(
            "picture.too-large", "This picture unpacks to more than we open. Download it and open it elsewhere."
        )
    if code == _NOT_A_PICTURE:
        raise Refused("picture.unreadable", "This is not a picture we can redraw. Download it and open it elsewhere.")
    if code != 0 or len(answer) <= _MEDIA_TYPE_BYTES or len(answer) > BYTES_AT_MOST:
        raise Unavailable("picture.failed", "The picture could not be made safe to look at. Nothing of it was shown.")
    return Picture(content=answer[_MEDIA_TYPE_BYTES:], media_type=answer[:_MEDIA_TYPE_BYTES].decode("ascii").strip())
