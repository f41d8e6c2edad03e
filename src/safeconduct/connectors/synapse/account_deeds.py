"""Acts on an account: lock, suspend with an end, close and open again, end sessions, replace the password."""

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.port import ActKind, ActOrder
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse import endings, passwords, reading
from safeconduct.connectors.synapse.admin import part
from safeconduct.connectors.synapse.deeds import Deed, Desk
from safeconduct.connectors.synapse.paths import ADMIN_V1, ADMIN_V2
from safeconduct.kernel.errors import Refused

ADMINISTRATORS_TOKENS = Sentence(_("Tokens that the server's administrators made to act for the account still work."))
ENDED_BY_US = Sentence(
    _("The homeserver cannot end a suspension by itself: this service does. Where it does not run, it lasts longer.")
)
NOT_BROUGHT_BACK = Sentence(
    _("Rooms, settings, recovery addresses and the key backup do not come back. Rooms are listed in the evidence.")
)
NEEDS_A_PASSWORD = Sentence(_("The account has no password now. Somebody has to give it one before its owner gets in."))


def _lock(desk: Desk, order: ActOrder) -> Sent:
    if not order.dry_run:
        body = {"locked": order.act is ActKind.ACCOUNT_LOCK}
        desk.admin.call("PUT", f"{ADMIN_V2}/users/{part(desk.name)}", body)
    return Sent()


def _suspend(desk: Desk, order: ActOrder) -> Sent:
    residual = (ENDED_BY_US,) if order.until else ()
    if not order.dry_run:
        # The end first: a sanction whose end was forgotten would be one for ever.
        endings.keep(desk.admin, desk.own_name, desk.name, order.until)
        endings.set_suspended(desk.admin, desk.name, suspended=True)
    return Sent(residual=residual)


def _reinstate(desk: Desk, order: ActOrder) -> Sent:
    if not order.dry_run:
        endings.set_suspended(desk.admin, desk.name, suspended=False)
        endings.keep(desk.admin, desk.own_name, desk.name, None)
    return Sent()


def _close(desk: Desk, order: ActOrder) -> Sent:
    if not order.dry_run:
        desk.admin.call("POST", f"{ADMIN_V1}/deactivate/{part(desk.name)}", {"erase": False})
    return Sent(residual=(NOT_BROUGHT_BACK,))


def _open_again(desk: Desk, order: ActOrder) -> Sent:
    if not order.dry_run:
        desk.admin.call("PUT", f"{ADMIN_V2}/users/{part(desk.name)}", {"deactivated": False})
    return Sent(residual=(NEEDS_A_PASSWORD, NOT_BROUGHT_BACK))


def _end_sessions(desk: Desk, order: ActOrder) -> Sent:
    ids = [device["device_id"] for device in reading.devices(desk.admin, desk.name) if "device_id" in device]
    if not order.dry_run:
        desk.admin.call("POST", f"{ADMIN_V2}/users/{part(desk.name)}/delete_devices", {"devices": ids})
    return Sent(residual=(ADMINISTRATORS_TOKENS,))


def _end_session(desk: Desk, order: ActOrder) -> Sent:
    if _session_is_gone(desk, order, ""):
        raise Refused("matrix.unknown-device", "The account is not signed in on a device of this id.")
    if not order.dry_run:
        desk.admin.call("DELETE", f"{ADMIN_V2}/users/{part(desk.name)}/devices/{part(order.item)}")
    return Sent(residual=(ADMINISTRATORS_TOKENS,))


def _session_is_gone(desk: Desk, order: ActOrder, _reference: str) -> bool:
    return all(device.get("device_id") != order.item for device in reading.devices(desk.admin, desk.name))


def _reset(desk: Desk, order: ActOrder) -> Sent:
    if not order.dry_run:
        passwords.replace(desk.admin, desk.name, order.words)
    # The reference only says that the order went out: what it made is a password, which nobody may keep.
    return Sent("" if order.dry_run else passwords.REPLACED, residual=(ADMINISTRATORS_TOKENS,))


def _is_reset(desk: Desk, order: ActOrder, reference: str) -> bool | None:
    opens = passwords.opens(desk.admin, desk.name, order.words)
    if reference and opens:
        # Before the order the question is only whether it was done already: the owner may have signed in since.
        return not reading.devices(desk.admin, desk.name)
    return opens


DEEDS = {
    ActKind.ACCOUNT_LOCK: Deed(_lock),
    ActKind.ACCOUNT_UNLOCK: Deed(_lock),
    ActKind.ACCOUNT_SUSPEND: Deed(_suspend),
    ActKind.ACCOUNT_REINSTATE: Deed(_reinstate),
    ActKind.ACCOUNT_DEACTIVATE: Deed(_close),
    ActKind.ACCOUNT_REACTIVATE: Deed(_open_again),
    ActKind.SESSIONS_REVOKE: Deed(_end_sessions),
    ActKind.SESSION_END: Deed(_end_session, _session_is_gone),
    ActKind.CREDENTIALS_RESET: Deed(_reset, _is_reset),
}
