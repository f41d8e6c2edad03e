"""What every check of the conformance test works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line, ask
from safeconduct.connectors.port import ActKind

UNKNOWN_HANDLE = "no-such-account-7f3a91"


@dataclass(frozen=True)
class Trial:
    """One platform under test: how it is reached, what it declares, and the account that may be acted on."""

    line: Line
    declared: dict[str, Any]
    account: str
    item: str = ""
    pause: Callable[[float], None] = field(repr=False, default=lambda _: None)

    @property
    def connector(self) -> HttpConnector:
        """Return the connector exactly as a programme would use it."""
        return HttpConnector(self.declared["platform"], self.declared["name"], self.line, pause=self.pause)

    def offers(self, act: ActKind) -> bool:
        """Tell whether the platform declares an act."""
        return act.value in self.declared["acts"]

    def ask(self, question: str, body: dict[str, Any], *, answer: str, key: str = "") -> dict[str, Any]:
        """Ask one question on a line of its own."""
        with self.line.open() as outside:
            return ask(self.line, outside, question, body, answer=answer, key=key)

    def start_again(self) -> None:
        """Put the test account back to its start, where the platform can do that."""
        if self.declared.get("rehearsal") and self.account in self.declared.get("test_accounts", ()):
            self.ask("rehearsal", {"handle": self.account}, answer="rehearsal")
