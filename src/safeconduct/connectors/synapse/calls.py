"""What this programme can do on a homeserver, and how it looks afterwards."""

from dataclasses import replace
from functools import cached_property

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.outside import Busy
from safeconduct.connectors.port import AccountState, ActKind, ActOrder, Capabilities, Capability, Snapshot, seen_handle
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse import account_deeds, content_deeds, evidence, passwords, reading
from safeconduct.connectors.synapse.admin import Absent, Admin, part, text_of
from safeconduct.connectors.synapse.deeds import Deed, Desk
from safeconduct.connectors.synapse.paths import ADMIN_V1
from safeconduct.kernel.errors import Refused, Unavailable

DEEDS: dict[ActKind, Deed] = {**account_deeds.DEEDS, **content_deeds.DEEDS}
ALWAYS = frozenset({Capability.EVIDENCE_SNAPSHOT, Capability.REPORTS_PULL, Capability.SESSIONS_LIST})
ON_CONTENT = frozenset(Capability(act.value) for act in content_deeds.DEEDS) - {Capability.NOTICE_SEND}
# Where another service holds accounts and sessions, these calls answer well and do nothing that lasts.
ON_ACCOUNTS = frozenset(Capability(act.value) for act in account_deeds.DEEDS) - {Capability.CREDENTIALS_RESET}
ELSEWHERE = Sentence(_("This account belongs to another homeserver. Only what it wrote here can be acted on."))

OWN = Sentence(_("This is the account with which this service acts on the homeserver. Nothing is done to it."))


class SynapseCalls:
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
        self.check_administrator()
        offered = ALWAYS | ON_CONTENT
        if not self._signs_in_elsewhere():
            offered |= ON_ACCOUNTS | {Capability.ACCOUNT_SUSPEND_UNTIL}
            offered |= {Capability.CREDENTIALS_RESET} if passwords.are_used(self._admin) else frozenset()
        offered |= {Capability.NOTICE_SEND} if self._notices else frozenset()
        return Capabilities(self._platform, self._name, offered)

    def check_administrator(self) -> None:
        """Raise ``Unavailable`` unless our token is an administrator's."""
        try:
            self._admin.call("GET", f"{ADMIN_V1}/users/{part(self.own_name)}/admin")
        except Busy:
            raise
        except Refused as fault:
            sentence = "The homeserver does not take our token for an administrator's. Give it another one."
            raise Unavailable("matrix.token", sentence) from fault

    @cached_property
    def own_name(self) -> str:
        """Return the full name of the account that our token belongs to."""
        return text_of(self._admin.call("GET", "_matrix/client/v3/account/whoami"), "user_id")

    def full_name(self, handle: str) -> str:
        """Return a handle as a Matrix name: ``amina`` and ``@amina:example.org`` are the same account."""
        local = seen_handle(handle)
        if ":" in local:
            return local if local.startswith("@") else f"@{local}"
        return f"@{local.removeprefix('@').lower()}:{self.own_name.partition(':')[2]}"

    def account(self, handle: str) -> AccountState:
        """Read an account's state."""
        name = self.full_name(handle)
        return replace(reading.state(self._admin, name, own_name=self.own_name), handle=handle)

    def snapshot(self, handle: str, item: str = "") -> Snapshot:
        """Take a copy as evidence."""
        return evidence.of_account(self._admin, self.full_name(handle), item, own_name=self.own_name)

    def item(self, item: str) -> Snapshot:
        """Take a copy of a message with what stands around it, of a room, or of what is known of a file."""
        return evidence.of_item(self._admin, item)

    def has_key_backup(self, handle: str) -> bool:
        """Tell whether the account keeps a backup of its message keys."""
        return reading.has_key_backup(self._admin, self.full_name(handle))

    def send(self, order: ActOrder) -> Sent:
        """Send one order, or rehearse it up to the last call."""
        desk = self._desk(order)
        self._check_account(desk, order.act)
        return DEEDS[order.act].do(desk, order)

    def _check_account(self, desk: Desk, act: ActKind) -> None:
        """Refuse our own account, and one that is not here unless the act is on what somebody elsewhere wrote here."""
        if self.is_own(desk.name):
            raise Refused("matrix.own", str(OWN))
        if not self.may_be_acted_on(act, desk.name):
            raise Refused("matrix.elsewhere", str(ELSEWHERE))
        # The call that changes an account makes one where there is none, so we look at the last moment.
        if reading.is_local(desk.name, desk.own_name) and reading.user(self._admin, desk.name) is None:
            raise Refused("matrix.unknown-account", "The homeserver knows no such account.")

    def is_own(self, handle: str) -> bool:
        """Tell whether a handle is that of the account our token belongs to: without it nothing could be undone."""
        return self.full_name(handle).casefold() == self.own_name.casefold()

    def may_be_acted_on(self, act: ActKind, handle: str) -> bool:
        """Tell whether an act can reach an account: of one elsewhere, only what it wrote here."""
        on_account = act in account_deeds.DEEDS or act is ActKind.NOTICE_SEND
        return not on_account or reading.is_local(self.full_name(handle), self.own_name)

    def shows(self, order: ActOrder, reference: str) -> bool | None:
        """Look at a message, a file, a room, a device or a notice: whether it is as ordered."""
        looks = DEEDS[order.act].looks
        return looks(self._desk(order), order, reference) if looks else None

    def _desk(self, order: ActOrder) -> Desk:
        return Desk(self._admin, self.own_name, self.full_name(order.handle))

    def _signs_in_elsewhere(self) -> bool:
        try:
            self._admin.call("GET", "_matrix/client/v1/auth_metadata")
        except (Absent, Refused):
            return False
        return True
