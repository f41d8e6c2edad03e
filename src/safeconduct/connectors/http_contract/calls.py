"""The contract's questions, asked one by one over one open line."""

from typing import Any

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.http_contract import answers
from safeconduct.connectors.http_contract.wire import Line, ask
from safeconduct.connectors.outside import NoAnswer, Outside
from safeconduct.connectors.port import AccountState, ActKind, ActOrder, Capabilities, Cost, ItemSeen, Snapshot
from safeconduct.kernel.errors import Refused, Unavailable

# What these did can be found again only by the platform's own reference.
_BY_REFERENCE = frozenset({ActKind.NOTICE_SEND, ActKind.CREDENTIALS_RESET})


class HttpCalls:
    """One open line to one platform."""

    def __init__(self, platform: str, line: Line, outside: Outside) -> None:
        """Use ``outside`` for every question, so that the platform's name is resolved once."""
        self._platform, self._line, self._outside = platform, line, outside

    @property
    def platform(self) -> str:
        """Return the platform's short id, as this programme knows it."""
        return self._platform

    def capabilities(self) -> Capabilities:
        """Ask what the platform can do. Acts that we do not know are left aside."""
        told = self._read("capabilities", {}, answer="capabilities")
        return answers.capabilities(self._platform, told)

    def account(self, handle: str) -> AccountState:
        """Read an account's state."""
        return answers.state(handle, self._read("account", {"handle": handle}, answer="account"))

    def snapshot(self, handle: str, item: str = "") -> Snapshot:
        """Take the platform's evidence, and check that its fingerprint is that of its bytes."""
        return answers.snapshot(self._read("evidence", _without_empty(handle=handle, item=item), answer="evidence"))

    def cost(self, act: ActKind, handle: str) -> Cost:
        """Ask what is particular to this platform about an act's cost."""
        told = self._read("cost", {"handle": handle, "act": act.value}, answer="cost")
        return answers.cost(act, told)

    def send(self, order: ActOrder) -> Sent:
        """Send one order under its own key."""
        told = ask(self._line, self._outside, "acts", order_body(order), answer="act-answer", key=str(order.key))
        if told["dry_run"] is not order.dry_run:
            raise NoAnswer("contract.dry-run", "The platform mixed up a trial run with a real one.")
        return answers.sent(told)

    def shows(self, order: ActOrder, reference: str) -> bool | None:
        """Look at a post, a device, a place or a notice."""
        if order.act in _BY_REFERENCE and not reference:
            return None
        body = _without_empty(handle=order.handle, act=order.act.value, item=order.item, reference=reference)
        shown: bool | None = self._read("effect", body, answer="effect")["shows"]
        return shown

    def whose(self, order: ActOrder) -> ItemSeen | None:
        """Ask whose a post or a place is. Raises ``Refused`` where there is no such thing."""
        body = _without_empty(handle=order.handle, act=order.act.value, item=order.item)
        return answers.item(order.handle, ask(self._line, self._outside, "effect", body, answer="effect"))

    def _read(self, question: str, body: dict[str, Any], *, answer: str) -> dict[str, Any]:
        """Ask for something that changes nothing. A refusal to show is the same to us as no answer."""
        try:
            return ask(self._line, self._outside, question, body, answer=answer)
        except Refused as fault:
            raise Unavailable(fault.code, fault.sentence) from fault


def order_body(order: ActOrder) -> dict[str, Any]:
    """Return an order as the contract writes it."""
    return _without_empty(
        handle=order.handle,
        act=order.act.value,
        dry_run=order.dry_run,
        item=order.item,
        words=order.words,
        until=order.until.isoformat(timespec="seconds") if order.until else "",
        way_back=order.way_back,
    )


def _without_empty(**body: str | bool) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value != ""}
