"""Ways through the portal that several tests take."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.domains.safety.platform import THE_HANDLE
from tests.web.visitor import Visitor

WORDS = "They published where I live, beside the blue mill."


def code_on(page: str) -> list[str]:
    """Return the three lines of the case code on a page."""
    return re.findall(r"<span>(\d{3} \d{3} \d{4})</span>", page)


def to_the_last_step(visitor: Visitor, **chosen: str | list[str]) -> Visitor:
    visitor.open().press("report").press("on", happened=["T5"], text=WORDS)
    visitor.press("on", danger="soon")
    visitor.press("on", mine=THE_HANDLE, who_else_sees=str(chosen.get("who_else_sees", "nobody")))
    return visitor.press("on", wants=["secure"], not_countries=chosen.get("not_countries", []))


def report(visitor: Visitor, **chosen: str | list[str]) -> list[str]:
    """Report, and return the code."""
    return code_on(to_the_last_step(visitor, **chosen).press("send").page)


def open_case(visitor: Visitor, **chosen: str | list[str]) -> list[str]:
    """Report and open the conversation from the page that shows the code."""
    lines = report(visitor, **chosen)
    visitor.press("enter")
    return lines


def picture(name: str = "the-door.jpg", *, side: int = 64) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")
