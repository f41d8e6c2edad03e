"""Whose a message, a file or a room is, as the homeserver itself has it."""

from collections.abc import Iterable
from typing import Any

from safeconduct.connectors.port import ActKind, ActOrder, ItemSeen
from safeconduct.connectors.synapse import items
from safeconduct.connectors.synapse.admin import Admin, part, text_of
from safeconduct.connectors.synapse.paths import ADMIN_V1


def whose(admin: Admin, order: ActOrder, name: str) -> ItemSeen | None:
    """Return whose an order's item is; ``name`` is the full name of the account that it is ordered for."""
    authors, words = _seen(admin, order)
    if not authors or "" in authors:
        return None
    return ItemSeen(tuple(dict.fromkeys(authors)), set(authors) == {name}, words)


def _seen(admin: Admin, order: ActOrder) -> tuple[list[str], str]:
    if order.act is ActKind.INTERACTION_RESTRICT:
        room = admin.call("GET", f"{ADMIN_V1}/rooms/{part(items.room_id(admin, order.item))}")
        return [_text(room, "creator")], _text(room, "name")
    if order.act is ActKind.CONTENT_DISABLE and not items.find_event_id(order.item):
        return _senders(admin, items.media(admin, order.item), ""), ""
    event = items.event(admin, order.item)
    authors = [text_of(event, "sender")]
    if order.act is ActKind.CONTENT_DISABLE:
        # A message can show a picture that somebody else uploaded, and it is the picture that is hidden.
        authors += _senders(admin, items.media(admin, order.item), authors[0])
    return authors, _text(event.get("content"), "body")


def _senders(admin: Admin, files: Iterable[tuple[str, str]], shown_by: str) -> list[str]:
    """Return who uploaded each file. The homeserver knows it of its own; another's is of who showed it from there."""
    found = []
    for server, media in files:
        held = admin.call("GET", f"{ADMIN_V1}/media/{part(server)}/{part(media)}").get("media_info")
        from_there = shown_by if shown_by.partition(":")[2] == server else ""
        found.append(_text(held, "user_id") or from_there)
    return found


def _text(holder: object, name: str) -> str:
    value: Any = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""
