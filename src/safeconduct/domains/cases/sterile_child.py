"""Redraw one picture inside a cage: a program of its own that reads standard input and writes standard output.

A picture from a stranger is a program waiting for a fault in whoever decodes it. So the decoder runs here: a fresh
process that holds no key, cannot open a file or a socket, cannot start a program, and has little time and memory.
"""

import ctypes
import io
import os
import resource
import sys
import warnings
from typing import NoReturn

from PIL import Image, ImageOps

CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
MEMORY_BYTES = 800_000_000
CPU_SECONDS = 10
PIXELS_AT_MOST = 30_000_000
PIXELS_DECLARED_AT_MOST = 120_000_000  # a large photograph is halved while it is decoded
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
DRAWN_AS_LINES = {"PNG", "GIF"}  # screenshots: small letters survive only without loss
SMALL_EDGE, FULL_EDGE = 320, 2048

NOT_A_PICTURE, TOO_MANY_PIXELS = 3, 4


def leave_the_network() -> None:
    """Step into a network with nothing in it, where the kernel allows that; the limits below hold everywhere."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC)


def warm_up() -> None:
    """Load every decoder now: once the cage is shut, no file can be opened, not even our own."""
    for name in FORMATS:
        drawn = io.BytesIO()
        Image.new("RGB", (8, 8)).save(drawn, name)
        with Image.open(io.BytesIO(drawn.getvalue()), formats=[name]) as again:
            ImageOps.exif_transpose(again).convert("L").resize((4, 4))


def shut_the_cage() -> None:
    """Allow no new descriptor (so no file and no socket), no byte to any file, no child, no core, little memory."""
    for limit, most in (
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
    ):
        hard = resource.getrlimit(limit)[1]
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (lowest, lowest))


def redraw(original: bytes, *, small_and_grey: bool) -> tuple[bytes, str]:
    """Return the picture drawn anew from its pixels alone, and its media type: nothing hidden beside them survives."""
    with Image.open(io.BytesIO(original), formats=FORMATS) as opened:
        lines = opened.format in DRAWN_AS_LINES
        edge = SMALL_EDGE if small_and_grey else FULL_EDGE
        opened.draft("RGB", (edge, edge))
        if opened.width * opened.height > PIXELS_AT_MOST:
            raise Image.DecompressionBombError
        whole = opened.convert("RGBA")
    whole.thumbnail((edge, edge))  # first, so that turning and laying on white cost little
    pixels = on_white(ImageOps.exif_transpose(whole)).convert("L" if small_and_grey else "RGB")
    fresh = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    drawn = io.BytesIO()
    fresh.save(drawn, "PNG" if lines else "JPEG", quality=88)
    return drawn.getvalue(), "image/png" if lines else "image/jpeg"


def on_white(picture: Image.Image) -> Image.Image:
    """Lay a see-through picture on white, so that nothing can be told only by changing the page behind it."""
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)


def leave(code: int) -> NoReturn:
    """End at once, without the interpreter's own tidying, which would want files."""
    os._exit(code)


def main() -> NoReturn:
    """Shut the cage, then read the stranger's bytes, in that order."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS_DECLARED_AT_MOST
    leave_the_network()
    warm_up()
    shut_the_cage()
    original = sys.stdin.buffer.read()
    try:
        drawn, media_type = redraw(original, small_and_grey=sys.argv[1] == "small-and-grey")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        leave(TOO_MANY_PIXELS)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError):
        leave(NOT_A_PICTURE)
    sys.stdout.buffer.write(media_type.encode().ljust(16) + drawn)
    sys.stdout.buffer.flush()
    leave(0)


if __name__ == "__main__":
    main()
