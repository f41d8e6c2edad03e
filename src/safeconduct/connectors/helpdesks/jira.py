"""Link records in Jira, as issues of one project. Its text says how things stand; its workflow is yours."""

from dataclasses import dataclass

from safeconduct.connectors.helpdesks.asking import Line, reference_in
from safeconduct.connectors.link_records import LinkRecord


@dataclass(frozen=True)
class Jira:
    """A Jira. The secret is ``name@platform.example:TOKEN``, or a personal access token alone."""

    line: Line
    project: str
    issue_type: str = "Task"
    name: str = "jira"

    def file(self, record: LinkRecord) -> str:
        """Make an issue."""
        kind = {"project": {"key": self.project}, "issuetype": {"name": self.issue_type}}
        said = {"fields": kind | {"summary": _title(record), "description": record.text}}
        return reference_in(self.line.ask("POST", "rest/api/2/issue", said).get("key"))

    def renew(self, reference: str, record: LinkRecord) -> None:
        """Write anew how things stand."""
        said = {"fields": {"summary": _title(record), "description": record.text}}
        self.line.ask("PUT", f"rest/api/2/issue/{reference}", said)


def _title(record: LinkRecord) -> str:
    return f"{record.number} {record.severity} {record.clock}"
