"""What an order's item names on Matrix: a message, a room, or a picture or file. People paste links, ids or both."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from safeconduct.connectors.synapse.admin import Absent, Admin, part, text_of
from safeconduct.connectors.synapse.paths import ADMIN_V1
from safeconduct.kernel.errors import Refused

Event = dict[str, Any]
_EVENT = re.compile(r"\$[A-Za-z0-9_\-+/=]+(?::[A-Za-z0-9.\-:\[\]]+)?")
_ROOM = re.compile(r"![A-Za-z0-9_\-+/=]+(?::[A-Za-z0-9.\-:\[\]]+)?")
_ALIAS = re.compile(r"#[^\s/?]+:[A-Za-z0-9.\-:\[\]]+")
# The newer kind of link leaves the marks away: matrix:roomid/ROOM/e/EVENT.
_URI_EVENT = re.compile(r"^matrix:.*/e/([^/?]+)")
_URI_ROOM = re.compile(r"^matrix:roomid/([^/?]+)")
_MEDIA = re.compile(r"^mxc://([^/\s]+)/([^/\s?#]+)$")
ENCRYPTED = "m.room.encrypted"


def event_id(item: str) -> str:
    """Return the id of the message that an item names. Raises ``Refused`` where it names none."""
    found = find_event_id(item)
    if found:
        return found
    raise Refused("matrix.no-event", "Give a link to the message, or its id, which begins with a dollar sign.")


def find_event_id(item: str) -> str:
    """Return the id of the message that an item names, or nothing."""
    text = unquote(item.strip())
    if uri := _URI_EVENT.search(text):
        return f"${uri.group(1)}"
    found = _EVENT.search(text)
    return found.group() if found else ""


def event(admin: Admin, item: str) -> Event:
    """Return a message as the homeserver keeps it, signed, even after it was removed for everyone else."""
    found = admin.call("GET", f"{ADMIN_V1}/fetch_event/{part(event_id(item))}").get("event")
    if not isinstance(found, dict):
        raise Absent("matrix.no-event", "The homeserver does not know this message.")
    return found


def room_id(admin: Admin, item: str) -> str:
    """Return the id of the room that an item names: the room, its public name, or a message in it."""
    text = unquote(item.strip())
    if uri := _URI_ROOM.search(text):
        return f"!{uri.group(1)}"
    if found := _ROOM.search(text):
        return found.group()
    if alias := _ALIAS.search(text):
        return text_of(admin.call("GET", f"_matrix/client/v3/directory/room/{part(alias.group())}"), "room_id")
    if find_event_id(item):
        return text_of(event(admin, item), "room_id")
    raise Refused("matrix.no-room", "Give a link to the room, or its id, which begins with an exclamation mark.")


def media(admin: Admin, item: str) -> list[tuple[str, str]]:
    """Return server and id of each picture or file that an item names: itself, or those of a message."""
    if direct := _MEDIA.match(item.strip()):
        return [(direct.group(1), direct.group(2))]
    found = event(admin, item)
    if found.get("type") == ENCRYPTED:
        sentence = (
            "This message is encrypted, so nobody here knows which file it shows. Give the file's mxc:// address."
        )
        raise Refused("matrix.encrypted-media", sentence)
    named = [_MEDIA.match(address) for address in _addresses(found.get("content"))]
    if not any(named):
        sentence = "On Matrix only pictures and files can be hidden and shown again. A message can only be removed."
        raise Refused("matrix.no-media", sentence)
    return list(dict.fromkeys((one.group(1), one.group(2)) for one in named if one))


def _addresses(content: object) -> Iterator[str]:
    if not isinstance(content, dict):
        return
    inside = content.get("info")
    for holder in (content, inside if isinstance(inside, dict) else {}):
        for name in ("url", "thumbnail_url"):
            yield str(holder.get(name, ""))
        for name in ("file", "thumbnail_file"):
            held = holder.get(name)
            yield str(held.get("url", "")) if isinstance(held, dict) else ""
