"""Connects the helpdesk that the operator named in ``helpdesk.toml`` in the data folder, if there is one.

One table ``[[helpdesk]]``; ``docs/guides/helpdesk.md`` shows one of each kind.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from safeconduct.connectors import link_records
from safeconduct.connectors.helpdesks.asking import Line
from safeconduct.connectors.helpdesks.jira import Jira
from safeconduct.connectors.helpdesks.zammad import Zammad
from safeconduct.connectors.helpdesks.zendesk import Zendesk
from safeconduct.connectors.link_records import Helpdesk
from safeconduct.connectors.outside import checked_base
from safeconduct.kernel.errors import Refused
from safeconduct.project.tables import Table, line_of, secret_in, tables_in

FILE = "helpdesk.toml"


def connect_helpdesk(data: Path) -> None:
    """Let the helpdesk be told. Raises ``Refused`` with a sentence that names the line."""
    if helpdesk := named_helpdesk(data):
        link_records.register(helpdesk)


def named_helpdesk(data: Path) -> Helpdesk | None:
    """Return the helpdesk of the file, or None. Nothing is asked of it yet."""
    tables = tables_in(data / FILE, "helpdesk")
    if len(tables) > 1:
        raise Refused("helpdesk.many", f"In {FILE}, name one helpdesk. A case has one record.")
    return _helpdesk(tables[0], data) if tables else None


def _helpdesk(table: Table, data: Path) -> Helpdesk:
    kind = str(table.get("kind", ""))
    if kind not in KINDS:
        raise Refused("helpdesk.kind", f"In {FILE}, give the helpdesk a kind: {', '.join(KINDS)}.")
    allow_private = bool(table.get("allow_private", False))
    base = checked_base(line_of(table, "address", FILE), allow_private=allow_private)
    return KINDS[kind](Line(base, secret_in(data / line_of(table, "secret_file", FILE)), allow_private), table)


KINDS: Mapping[str, Callable[[Line, Table], Helpdesk]] = {
    "zendesk": lambda line, _: Zendesk(line),
    "zammad": lambda line, table: Zammad(line, line_of(table, "group", FILE), line_of(table, "customer", FILE)),
    "jira": lambda line, table: Jira(line, line_of(table, "project", FILE), str(table.get("issue_type", "Task"))),
}
