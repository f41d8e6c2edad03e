"""Every address that an operator or a partner may type: none leads us into the operator's own network."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import safeconduct
from safeconduct.cli import connect
from safeconduct.connectors.helpdesks import asking as helpdesks
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.oidc.documents import WELL_KNOWN, Reader
from safeconduct.connectors.outside import NotReached
from safeconduct.connectors.pagers.chat import ChatPager
from safeconduct.connectors.pagers.webhook import WebhookPager
from safeconduct.connectors.paging import Page, Pager
from safeconduct.connectors.signatures import OurKey
from safeconduct.connectors.synapse.admin import Admin, Homeserver
from safeconduct.domains.partners.models import Hook, Organisation
from safeconduct.domains.partners.services import bells
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable
from tests.connectors.listener import listening

SOURCE = Path(safeconduct.__file__).parent
OUR_KEY = OurKey("safeconduct-1", Ed25519PrivateKey.generate())
TABLES = pytest.mark.django_db

# Every way to write an address of the operator's own machines, the cloud's secrets among them.
INSIDE = (
    "https://127.0.0.1",
    "https://127.1",
    "https://2130706433",
    "https://0x7f000001",
    "https://0177.0.0.1",
    "https://localhost",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:a9fe:a9fe]",
    "https://[64:ff9b::7f00:1]",
    "https://169.254.169.254",
    "https://0.0.0.0",
    "https://10.0.0.8",
    "http://127.0.0.1",
)
# What names one host to whoever reads it and another to whatever connects.
CROOKED = (
    "https://public.example@127.0.0.1",
    "https://127.0.0.1#@public.example",
    "https://127.0.0.1\\@public.example",
    "https://public.example:443@10.0.0.8",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "//127.0.0.1",
    "https://",
)


def contract(address: str) -> None:
    HttpConnector("a-platform", "A platform", Line(address, OUR_KEY, {})).account("amina")


def homeserver(address: str) -> None:
    server = Homeserver(address, "token")
    with server.open() as outside:
        Admin(server, outside, pause=lambda _seconds: None).call("GET", "_matrix/client/versions")


def provider(address: str) -> None:
    Reader().asked("GET", f"{address}{WELL_KNOWN}")


def webhook(address: str) -> None:
    WebhookPager(OUR_KEY).send(Page(address, 1, "7F2K"))


def helpdesk(address: str) -> None:
    helpdesks.Line(address, "secret").ask("POST", "api/v1/tickets", {})


def set_up(address: str) -> None:
    connect._versions(address, allow_private=False)


# One way in for each file that opens a line to an address somebody typed.
ROADS: dict[str, Callable[[str], None]] = {
    "connectors/http_contract/wire.py": contract,
    "connectors/synapse/admin.py": homeserver,
    "connectors/oidc/documents.py": provider,
    "connectors/pagers/posting.py": webhook,
    "connectors/helpdesks/asking.py": helpdesk,
    "cli/connect.py": set_up,
}
# Tried below on its own: it needs a database.
BELLS = "domains/partners/services/bells.py"

# Who may open a line at all. The mail server is the operator's own, by intent inside; the server's files only listen.
LINES = {
    "connectors/addresses.py",
    "connectors/http_contract/conformance/door.py",
    "connectors/outside.py",
    "connectors/pagers/mail.py",
    "connectors/pinning.py",
    "connectors/signatures.py",
    "project/server/line.py",
    "project/server/visit.py",
    "project/serving.py",
}
ABLE = {"httpx", "httpcore", "socket", "smtplib", "urllib.request", "http.client", "ftplib", "requests", "aiohttp"}


def files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def opens_outside(tree: ast.Module) -> bool:
    calls = (each.func for each in ast.walk(tree) if isinstance(each, ast.Call))
    return any(isinstance(each, ast.Name) and each.id == "Outside" for each in calls)


def imported(tree: ast.Module) -> set[str]:
    plain = {one.name for each in ast.walk(tree) if isinstance(each, ast.Import) for one in each.names}
    return plain | {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}


def test_nothing_but_the_one_client_opens_a_line() -> None:
    assert {name for name, tree in files() if imported(tree) & ABLE} == LINES


def test_every_use_of_the_client_is_tried_here() -> None:
    assert {name for name, tree in files() if opens_outside(tree)} == {*ROADS, BELLS}


@pytest.mark.parametrize("address", [*INSIDE, *CROOKED])
@pytest.mark.parametrize("road", ROADS)
def test_no_address_of_the_operators_own_network_is_reached(road: str, address: str) -> None:
    """The tests' sockets are closed: a line that was opened would be another fault than these."""
    with pytest.raises((Refused, Unavailable)) as told:
        ROADS[road](address)

    assert not isinstance(told.value, NotReached)


@TABLES
@pytest.mark.parametrize("address", [*INSIDE, *CROOKED])
def test_no_bell_rings_inside(settings: object, data_folder: Path, address: str) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined] # pytest-django's settings wrapper
    partner = Organisation.objects.create(id=uuid4(), name="Harbour Helpline", made_at=clock.this_minute())
    Hook.objects.create(organisation=partner, address=address, made_at=clock.this_minute())

    assert bells._ring(partner.pk) is False


@pytest.mark.loopback
@pytest.mark.parametrize("pager", [WebhookPager(OUR_KEY, allow_private=True), ChatPager(allow_private=True)])
def test_a_redirect_is_followed_by_no_pager(pager: Pager) -> None:
    with listening() as inner, listening() as outer:
        outer.status, outer.headers = 307, {"Location": f"{inner.address}/secrets"}

        with pytest.raises(Unavailable):
            pager.send(Page(outer.address, 1, "7F2K"))

    assert (len(outer.taken), inner.taken) == (1, [])


@TABLES
@pytest.mark.loopback
def test_a_redirect_is_followed_by_no_bell(data_folder: Path) -> None:
    partner = Organisation.objects.create(id=uuid4(), name="Harbour Helpline", made_at=clock.this_minute())
    with listening() as inner, listening() as outer:
        outer.status, outer.headers = 307, {"Location": f"{inner.address}/secrets"}
        Hook.objects.create(organisation=partner, address=outer.address, made_at=clock.this_minute())

        heard = bells._ring(partner.pk)

    assert (heard, len(outer.taken), inner.taken) == (False, 1, [])
