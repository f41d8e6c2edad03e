"""Link records in Zammad, as tickets with internal notes."""

from dataclasses import dataclass

from safeconduct.connectors.helpdesks.asking import Line, reference_in
from safeconduct.connectors.link_records import LinkRecord

PRIORITIES = {"P0": "3 high", "P1": "3 high", "P2": "2 normal", "P3": "1 low"}


@dataclass(frozen=True)
class Zammad:
    """A Zammad. ``customer`` is the address of an account of nobody: a ticket must have one there."""

    line: Line
    group: str
    customer: str
    name: str = "zammad"

    def file(self, record: LinkRecord) -> str:
        """Make a ticket."""
        said = {"title": record.number, "group": self.group, "customer": self.customer, **_standing(record)}
        return reference_in(self.line.ask("POST", "api/v1/tickets", said, Authorization=self._token).get("id"))

    def renew(self, reference: str, record: LinkRecord) -> None:
        """Say how things stand, in one more internal note."""
        self.line.ask("PUT", f"api/v1/tickets/{reference}", _standing(record), Authorization=self._token)

    @property
    def _token(self) -> str:
        return f"Token token={self.line.secret}"


def _standing(record: LinkRecord) -> dict[str, object]:
    return {
        "priority": PRIORITIES.get(record.severity, "2 normal"),
        "state": "closed" if record.closed else "open",
        "article": {"subject": record.number, "body": record.text, "type": "note", "internal": True},
    }
