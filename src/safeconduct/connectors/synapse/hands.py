"""What this programme orders on a homeserver, and how it looks afterwards."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from safeconduct.connectors.hands import Sent
from safeconduct.connectors.outside import NoAnswer
from safeconduct.connectors.port import AccountState, ActKind, ActOrder, Capabilities, Capability, Snapshot
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse import reading
from safeconduct.connectors.synapse.admin import Absent, Admin, part
from safeconduct.connectors.synapse.reading import ADMIN_V1, ADMIN_V2
from safeconduct.kernel.errors import Refused, Unavailable

ALWAYS = frozenset({Capability.EVIDENCE_SNAPSHOT, Capability.SESSIONS_LIST})
ACTS = frozenset({Capability.SESSIONS_REVOKE, Capability.ACCOUNT_LOCK, Capability.ACCOUNT_UNLOCK})
ADMINISTRATORS_TOKENS = Sentence(_("Tokens that the server's administrators made to act for the account still work."))


class SynapseHands:
    """One open line to one homeserver, for one piece of work."""

    def __init__(self, platform: str, name: str, admin: Admin, *, notices: bool) -> None:
        """Ask ``admin``; ``notices`` says whether the homeserver is set up to send server notices."""
        self._platform, self._name, self._admin, self._notices = platform, name, admin, notices

    @property
    def platform(self) -> str:
        """Return the platform's short id."""
        return self._platform

    def capabilities(self) -> Capabilities:
        """Say what can be done with this token on this homeserver."""
        try:
            self._admin.call("GET", f"{ADMIN_V1}/users/{part(self._own_name)}/admin")
        except Refused as fault:
            sentence = "The homeserver does not take our token for an administrator's. Give it another one."
            raise Unavailable("matrix.token", sentence) from fault
        offered = ALWAYS | (frozenset() if self._signs_in_elsewhere() else ACTS)
        offered |= {Capability.NOTICE_SEND} if self._notices else frozenset()
        return Capabilities(self._platform, self._name, offered)

    @cached_property
    def _own_name(self) -> str:
        return _text(self._admin.call("GET", "_matrix/client/v3/account/whoami"), "user_id")

    def full_name(self, handle: str) -> str:
        """Return a handle as a Matrix name: ``amina`` and ``@amina:example.org`` are the same account."""
        local = handle.strip()
        if ":" in local:
            return local if local.startswith("@") else f"@{local}"
        return f"@{local.removeprefix('@').lower()}:{self._own_name.partition(':')[2]}"

    def account(self, handle: str) -> AccountState:
        """Read an account's state."""
        return replace(reading.state(self._admin, self.full_name(handle)), handle=handle)

    def snapshot(self, handle: str) -> Snapshot:
        """Take a copy as evidence."""
        return reading.snapshot(self._admin, self.full_name(handle))

    def send(self, order: ActOrder) -> Sent:
        """Send one order."""
        name = self.full_name(order.handle)
        # The call that locks an account makes one where there is none, so we look at the last moment.
        if reading.user(self._admin, name) is None:
            raise Refused("matrix.unknown-account", "The homeserver knows no such account.")
        if order.dry_run:
            return Sent()
        if order.act is ActKind.NOTICE_SEND:
            return self._notice(order, name)
        if order.act is ActKind.SESSIONS_REVOKE:
            return self._end_sessions(name)
        self._admin.call("PUT", f"{ADMIN_V2}/users/{part(name)}", {"locked": order.act is ActKind.ACCOUNT_LOCK})
        return Sent()

    def shows(self, order: ActOrder, reference: str) -> bool | None:
        """Look at a notice: whether the homeserver holds it with the words that were ordered."""
        if not reference:
            return None
        try:
            event = self._admin.call("GET", f"{ADMIN_V1}/fetch_event/{part(reference)}").get("event")
        except Absent:
            return False
        content = event.get("content") if isinstance(event, dict) else None
        return isinstance(content, dict) and content.get("body") == order.words

    def _notice(self, order: ActOrder, name: str) -> Sent:
        # PUT with our key, because a POST given twice would be read twice.
        content = {"msgtype": "m.text", "body": order.words}
        answer = self._admin.call(
            "PUT", f"{ADMIN_V1}/send_server_notice/{order.key}", {"user_id": name, "content": content}
        )
        return Sent(_text(answer, "event_id"))

    def _end_sessions(self, name: str) -> Sent:
        ids = [device["device_id"] for device in reading.devices(self._admin, name) if "device_id" in device]
        self._admin.call("POST", f"{ADMIN_V2}/users/{part(name)}/delete_devices", {"devices": ids})
        return Sent(residual=(ADMINISTRATORS_TOKENS,))

    def _signs_in_elsewhere(self) -> bool:
        """Tell whether another service holds the sessions: there the calls above answer well and do nothing."""
        try:
            self._admin.call("GET", "_matrix/client/v1/auth_metadata")
        except (Absent, Refused):
            return False
        return True


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str):
        raise NoAnswer("matrix.nonsense", "The homeserver's answer cannot be read. It is not known what it did.")
    return value
