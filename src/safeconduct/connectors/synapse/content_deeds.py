"""Acts on what was written or uploaded, on the place it was written in, and official notices."""

from functools import partial
from typing import Any

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.port import ActKind, ActOrder
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse import items, power, rooms
from safeconduct.connectors.synapse.admin import Absent, Admin, part, text_of
from safeconduct.connectors.synapse.deeds import Deed, Desk
from safeconduct.connectors.synapse.evidence import check_author
from safeconduct.connectors.synapse.paths import ADMIN_V1, CLIENT

OTHER_SERVERS = Sentence(_("Other homeservers and devices that have a copy may still show it."))


def _remove(desk: Desk, order: ActOrder) -> Sent:
    event = items.event(desk.admin, order.item)
    check_author(event, desk.name)
    if order.dry_run:
        return Sent(residual=(OTHER_SERVERS,))
    room, own = text_of(event, "room_id"), text_of(event, "event_id")
    path = f"{CLIENT}/rooms/{part(room)}/redact/{part(own)}/{order.key}"
    # PUT with our key: the homeserver does the same key once.
    said = rooms.with_power(desk.admin, room, desk.own_name, partial(desk.admin.call, "PUT", path, {}))
    return Sent(residual=(OTHER_SERVERS, *said))


def _is_removed(desk: Desk, order: ActOrder, _reference: str) -> bool:
    event = items.event(desk.admin, order.item)
    path = f"{ADMIN_V1}/rooms/{part(text_of(event, 'room_id'))}/context/{part(text_of(event, 'event_id'))}?limit=0"
    shown = desk.admin.call("GET", path).get("event")
    unsigned = shown.get("unsigned") if isinstance(shown, dict) else None
    return isinstance(unsigned, dict) and "redacted_by" in unsigned


def _hide_or_show(desk: Desk, order: ActOrder) -> Sent:
    files = items.media(desk.admin, order.item)
    for server, media in files:
        _held(desk.admin, server, media)
    verb = "quarantine" if order.act is ActKind.CONTENT_DISABLE else "unquarantine"
    for server, media in () if order.dry_run else files:
        desk.admin.call("POST", f"{ADMIN_V1}/media/{verb}/{part(server)}/{part(media)}", {})
    return Sent(residual=(OTHER_SERVERS,) if order.act is ActKind.CONTENT_DISABLE else ())


def _is_hidden_or_shown(desk: Desk, order: ActOrder, _reference: str) -> bool:
    hidden = [bool(_held(desk.admin, *one).get("quarantined_by")) for one in items.media(desk.admin, order.item)]
    return all(hidden) if order.act is ActKind.CONTENT_DISABLE else not any(hidden)


def _held(admin: Admin, server: str, media: str) -> dict[str, Any]:
    found = admin.call("GET", f"{ADMIN_V1}/media/{part(server)}/{part(media)}").get("media_info")
    if not isinstance(found, dict):
        raise Absent("matrix.no-media", "The homeserver does not hold this file.")
    return found


def _restrict_or_reopen(desk: Desk, order: ActOrder) -> Sent:
    room = items.room_id(desk.admin, order.item)
    rooms.levels_event(desk.admin, room)
    if order.dry_run:
        return Sent()
    change = power.restrict if order.act is ActKind.INTERACTION_RESTRICT else power.reopen
    # Read anew for each try: taking power changes the same rules.
    return Sent(residual=rooms.with_power(desk.admin, room, desk.own_name, partial(change, desk.admin, room)))


def _is_restricted_or_open(desk: Desk, order: ActOrder, _reference: str) -> bool:
    content = rooms.levels_event(desk.admin, items.room_id(desk.admin, order.item))["content"]
    return power.is_restricted(content) is (order.act is ActKind.INTERACTION_RESTRICT)


def _notify(desk: Desk, order: ActOrder) -> Sent:
    if order.dry_run:
        return Sent()
    # PUT with our key, because a POST given twice would be read twice.
    content = {"msgtype": "m.text", "body": order.words}
    path = f"{ADMIN_V1}/send_server_notice/{order.key}"
    return Sent(text_of(desk.admin.call("PUT", path, {"user_id": desk.name, "content": content}), "event_id"))


def _is_notified(desk: Desk, order: ActOrder, reference: str) -> bool | None:
    if not reference:
        return None
    try:
        content = items.event(desk.admin, reference).get("content")
    except Absent:
        return False
    return isinstance(content, dict) and content.get("body") == order.words


DEEDS = {
    ActKind.CONTENT_REMOVE: Deed(_remove, _is_removed),
    ActKind.CONTENT_DISABLE: Deed(_hide_or_show, _is_hidden_or_shown),
    ActKind.CONTENT_RESTORE: Deed(_hide_or_show, _is_hidden_or_shown),
    ActKind.INTERACTION_RESTRICT: Deed(_restrict_or_reopen, _is_restricted_or_open),
    ActKind.INTERACTION_REOPEN: Deed(_restrict_or_reopen, _is_restricted_or_open),
    ActKind.NOTICE_SEND: Deed(_notify, _is_notified),
}
