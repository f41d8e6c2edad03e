"""Whether a request was started by a page of ours or by another site, as the browser itself says."""

from django.http import HttpRequest

OURS = "same-origin"
BY_HAND = "none"


def posted_from_elsewhere(request: HttpRequest) -> bool:
    """Answer whether another site sent this form. Pages cannot write these headers; a browser too old for both may."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site != OURS
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"


def led_from_elsewhere(request: HttpRequest) -> bool:
    """Answer whether another site led here by a link, a picture or a frame. Typed by hand is not from elsewhere."""
    return request.headers.get("Sec-Fetch-Site", OURS) not in {OURS, BY_HAND}
