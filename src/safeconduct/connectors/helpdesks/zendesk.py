"""Link records in Zendesk, as tickets with private comments."""

from dataclasses import dataclass
from hashlib import sha256

from safeconduct.connectors.helpdesks.asking import Line, reference_in
from safeconduct.connectors.link_records import LinkRecord

PRIORITIES = {"P0": "urgent", "P1": "high", "P2": "normal", "P3": "low"}


@dataclass(frozen=True)
class Zendesk:
    """A Zendesk account. The secret is ``name@platform.example/token:TOKEN``, or an OAuth token alone."""

    line: Line
    name: str = "zendesk"

    def file(self, record: LinkRecord) -> str:
        """Make a ticket. The same one asked for again after a broken line is made once."""
        once = sha256(record.address.encode()).hexdigest()
        said = {"ticket": {"subject": record.number, **_standing(record)}}
        made = self.line.ask("POST", "api/v2/tickets.json", said, **{"Idempotency-Key": once}).get("ticket")
        return reference_in(made.get("id") if isinstance(made, dict) else None)

    def renew(self, reference: str, record: LinkRecord) -> None:
        """Say how things stand, in one more private comment."""
        self.line.ask("PUT", f"api/v2/tickets/{reference}.json", {"ticket": _standing(record)})


def _standing(record: LinkRecord) -> dict[str, object]:
    return {
        "priority": PRIORITIES.get(record.severity, "normal"),
        "status": "solved" if record.closed else "open",
        "comment": {"body": record.text, "public": False},
    }
