"""Makes every refusal at the door take equally long, without letting a flood of wrong attempts hold the threads."""

import threading
import time

REFUSAL_SECONDS = 0.6
# At most this many refusals wait at once. In a flood the others are refused straight away: then an attacker can time
# whether a code was right, which only someone who holds a right code can use, and codes are good once.
SEATS = 3
_seats = threading.BoundedSemaphore(SEATS)


def wait_out(started: float) -> None:
    """Return no sooner than ``REFUSAL_SECONDS`` after ``started`` (of ``time.monotonic``), if there is a seat."""
    if not _seats.acquire(blocking=False):
        return
    try:
        time.sleep(max(0.0, started + REFUSAL_SECONDS - time.monotonic()))
    finally:
        _seats.release()
