"""Pages by mail, taken by a real SMTP server on loopback."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from safeconduct.connectors.pagers.mail import MailPager
from safeconduct.connectors.paging import Page
from safeconduct.kernel.errors import Refused, Unavailable

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
PAGE = Page("ines@duty.example", 2, "1842")


class Mailbox:
    """Keeps what the server took. Its methods bear the names and arguments that the library calls."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.names: list[str] = []

    async def handle_EHLO(  # noqa: N802 - the library's own name
        self, _: object, session: Session, _envelope: object, name: str, answers: list[str]
    ) -> list[str]:
        self.names.append(name)
        session.host_name = name
        return answers

    async def handle_RCPT(self, _: object, _session: object, envelope: Envelope, address: str, _options: object) -> str:  # noqa: N802 - the same
        if address.startswith("nobody@"):
            return "550 No such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 - the same
        self.taken.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_mail_says_only_that_something_is_waiting(server: str, mailbox: Mailbox) -> None:
    MailPager(server, "duty@platform.example").send(PAGE)

    [taken] = mailbox.taken
    assert taken["Subject"] == "Something is waiting"
    assert taken.get_payload().strip() == "Something is waiting. The number of this call is 1842."
    assert taken["To"] == "ines@duty.example"


def test_a_mail_does_not_tell_the_name_of_this_machine(server: str, mailbox: Mailbox) -> None:
    MailPager(server, "duty@platform.example").send(PAGE)

    assert set(mailbox.names) == {"platform.example"}
    assert mailbox.taken[0]["Message-ID"].endswith("@platform.example>")
    assert socket.gethostname() not in str(mailbox.taken[0])


def test_a_refused_address_is_told(server: str) -> None:
    with pytest.raises(Unavailable, match="did not take the page"):
        MailPager(server, "duty@platform.example").send(Page("nobody@duty.example", 1, "1"))


def test_a_server_that_is_down_is_told() -> None:
    with pytest.raises(Unavailable, match="did not take the page"):
        MailPager("smtp://127.0.0.1:9", "duty@platform.example").send(PAGE)


def test_a_password_is_never_sent_over_an_open_line(server: str, mailbox: Mailbox) -> None:
    with_password = server.replace("smtp://", "smtp://duty:secret@")

    with pytest.raises(Unavailable):
        MailPager(with_password, "duty@platform.example").send(PAGE)

    assert mailbox.taken == []


def test_an_address_cannot_smuggle_a_header(server: str, mailbox: Mailbox) -> None:
    with pytest.raises(Unavailable):
        MailPager(server, "duty@platform.example").send(Page("ines@duty.example\nBcc: victor@example.org", 1, "1"))

    assert mailbox.taken == []


@pytest.mark.parametrize("server_text", ["", "http://mail.example", "smtp://", "mail.example:25"])
def test_a_server_that_cannot_work_is_refused_at_once(server_text: str) -> None:
    with pytest.raises(Refused):
        MailPager(server_text, "duty@platform.example")


@pytest.mark.parametrize(
    "mistyped", ["not an address", "ines", "@duty.example", "ines@", "ines@duty..example", "a b@c.d"]
)
def test_what_can_be_no_mail_address_is_refused_before_anybody_relies_on_it(mistyped: str) -> None:
    with pytest.raises(Refused, match="not a mail address"):
        MailPager("smtp://127.0.0.1:9", "duty@platform.example").check_address(mistyped)


@pytest.mark.parametrize("address", ["ines@duty.example", "ines+night@mail", "ines@localhost"])
def test_a_mail_address_is_taken_from_a_server_of_ones_own_too(address: str) -> None:
    MailPager("smtp://127.0.0.1:9", "duty@platform.example").check_address(address)
