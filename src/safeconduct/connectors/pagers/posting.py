"""Handing a page to an address that an operator typed: what every pager that posts does."""

import json

from safeconduct.connectors.outside import Answer, Limits, Outside
from safeconduct.connectors.signatures import OurKey, sign
from safeconduct.kernel.errors import Refused, Unavailable

# Somebody waits to be woken: a slow address is given up, and the next receiver is tried.
PATIENCE = Limits(total_seconds=10, size_bytes=100_000)


def post(
    address: str,
    said: dict[str, object],
    *,
    allow_private: bool,
    limits: Limits,
    signed_with: OurKey | None = None,
) -> Answer:
    """Send one page. An address that we may not call woke nobody either, so it is ``Unavailable``."""
    try:
        with Outside(address, allow_private=allow_private, limits=limits) as outside:
            request = outside.request("", json.dumps(said).encode(), headers={"Content-Type": "application/json"})
            if signed_with:
                sign(request, key=signed_with)
            return outside.send(request)
    except Refused as fault:
        raise Unavailable(fault.code, fault.sentence) from fault
