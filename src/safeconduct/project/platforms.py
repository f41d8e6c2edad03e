"""Connects what the operator named in ``platforms.toml`` in the data folder: platforms, and the pagers that are set up.

One table a platform. ``kind`` is ``http`` (the signed contract) or ``synapse``; key files are named from the data
folder. ``docs/guides/connect-your-platform.md`` shows one of each.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from safeconduct.connectors import paging, registry
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.pagers.chat import ChatPager
from safeconduct.connectors.pagers.mail import MailPager
from safeconduct.connectors.pagers.webhook import WebhookPager
from safeconduct.connectors.port import Connector
from safeconduct.connectors.signatures import our_key, their_key
from safeconduct.connectors.synapse.admin import Homeserver
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.connectors.synapse.hearing import Hearing
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.project import addresses
from safeconduct.project.options import OPTIONS

FILE = "platforms.toml"
OUR_KEY_ID = "safeconduct-1"
OUR_KEY_FILE = "keys/connector.pem"

log = structlog.get_logger()

Table = Mapping[str, Any]


def connect_configured(data: Path) -> None:
    """Register every platform and pager that is set up. Raises ``Refused`` with a sentence that names the table."""
    connect_platforms(data)
    connect_pagers(data)


@dataclass(frozen=True)
class Absent:
    """A platform that is named and out of reach, because a token or key file of its table is not there."""

    platform: str
    fault: Unavailable


def connect_platforms(data: Path) -> None:
    """Register each platform of ``platforms.toml`` that has its key files; without that file there are none.

    One without them is left out of reach, and ``doctor`` says so: whoever has a case must not wait for it.
    """
    for connector in named_platforms(data):
        registry.register(connector)
    for absent in absent_platforms(data):
        log.warning("platform.out-of-reach", platform=absent.platform, code=absent.fault.code)


def named_platforms(data: Path) -> list[Connector]:
    """Return the way to each platform of ``platforms.toml`` that has one. Nothing is asked of them yet."""
    return [each for each in _named(data) if not isinstance(each, Absent)]


def absent_platforms(data: Path) -> list[Absent]:
    """Return the platforms of ``platforms.toml`` whose token or key cannot be read, as after a restore."""
    return [each for each in _named(data) if isinstance(each, Absent)]


def _named(data: Path) -> list[Connector | Absent]:
    named = data / FILE
    return [_connector(table, data) for table in _tables(named)] if named.exists() else []


def connect_pagers(data: Path) -> None:
    """Register the webhook pager once there is a key, mail once there is a server, and chat where it is wanted."""
    private = OPTIONS["PAGERS_PRIVATE"].truth()
    if (data / OUR_KEY_FILE).exists():
        paging.register(WebhookPager(our_key(data / OUR_KEY_FILE, key_id=OUR_KEY_ID), allow_private=private))
    if OPTIONS["CHAT"].truth():
        paging.register(ChatPager(calls_page(), allow_private=private))
    if server := OPTIONS["MAIL"].text():
        paging.register(MailPager(server, OPTIONS["MAIL_FROM"].text()))


def calls_page() -> str:
    """Return the page on which people say that they have a call; empty where no whole host name is set."""
    console = addresses.console(OPTIONS["HOSTS"].text())
    return f"{console}/calls" if console else ""


def _tables(named: Path) -> list[Table]:
    try:
        found = tomllib.loads(named.read_text()).get("platform", [])
    except (OSError, ValueError) as fault:
        raise Refused("platforms.unreadable", f"The file {named} cannot be read: {fault}. Mend that line.") from fault
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise Refused("platforms.unreadable", f"In {named}, begin each platform with a line [[platform]].")
    return found


def _connector(table: Table, data: Path) -> Connector | Absent:
    name = table.get("id", "a platform")
    if table.get("kind") not in KINDS:
        raise Refused("platforms.kind", f"In {FILE}, give {name} a kind: {' or '.join(KINDS)}.")
    try:
        return KINDS[table["kind"]](table, data)
    except KeyError as fault:
        raise Refused("platforms.incomplete", f"In {FILE}, {name} has no {fault.args[0]}. Add that line.") from fault
    except Unavailable as fault:
        return Absent(name, fault)


def _http(table: Table, data: Path) -> Connector:
    theirs = data / table["platform_key"]
    line = Line(
        base=table["address"],
        our_key=our_key(data / OUR_KEY_FILE, key_id=OUR_KEY_ID),
        their_keys={table.get("platform_key_id", "platform-1"): their_key(theirs)},
        allow_private=bool(table.get("allow_private", False)),
    )
    return HttpConnector(table["id"], table["name"], line)


def _synapse(table: Table, data: Path) -> Connector:
    token = _token(data / table["token_file"])
    server = Homeserver(table["address"], token, allow_private=bool(table.get("allow_private", False)))
    notices = bool(table.get("notices", True))
    return SynapseConnector(table["id"], table["name"], server, notices=notices, hearing=_hearing(table, data))


def _hearing(table: Table, data: Path) -> Hearing | None:
    """Return what the homeserver may tell us of by itself: nothing, unless the operator named a token for it."""
    if "hearing_token_file" not in table:
        return None
    return Hearing(_token(data / table["hearing_token_file"]), logins=bool(table.get("logins", False)))


def _token(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, ValueError) as fault:
        sentence = f"The token file {path} cannot be read. Renew the token: safeconduct connect matrix."
        raise Unavailable("platforms.token", sentence) from fault


KINDS: Mapping[str, Callable[[Table, Path], Connector]] = {"http": _http, "synapse": _synapse}
