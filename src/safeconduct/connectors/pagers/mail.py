"""Pages by electronic mail, over the operator's own SMTP server."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from safeconduct.connectors.pagers.words import SUBJECT, text
from safeconduct.connectors.paging import Page
from safeconduct.kernel.errors import Refused, Unavailable

NAME_WITHOUT_DOT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
DEFAULT_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class MailPager:
    """Pages a mail address. ``server`` is ``smtp://host:25`` or ``smtps://name:password@host:465``.

    Over ``smtp`` the connection is encrypted wherever the server offers it. A page holds nothing worth hiding; a
    password does, so it is never sent over an open line.
    """

    server: str = field(repr=False)
    sender: str
    timeout_seconds: float = 10
    name: str = "mail"

    def __post_init__(self) -> None:
        """Refuse an address that cannot work before anybody relies on it."""
        parts = urlsplit(self.server)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" not in parseaddr(self.sender)[1]:
            sentence = "Write the mail server like smtp://host:25 or smtps://host:465, and give a sender's address."
            raise Refused("pager.mail", sentence)

    def check_address(self, address: str) -> None:
        """Refuse what is no mail address. A server of one's own may have a name without a dot."""
        host = address.rpartition("@")[2]
        try:
            EmailValidator(allowlist=[host] if NAME_WITHOUT_DOT.fullmatch(host) else [])(address)
        except ValidationError as fault:
            sentence = "This is not a mail address. Write it like duty@example.org."
            raise Refused("pager.mail-address", sentence) from fault

    def send(self, page: Page) -> None:
        """Send one page. Raises ``Unavailable`` unless the mail server took it."""
        try:
            with self._connected() as server:
                server.send_message(self._message(page))
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            sentence = "The mail server did not take the page. Check its address and send a trial page."
            raise Unavailable("pager.mail", sentence) from fault

    def _message(self, page: Page) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, page.address, SUBJECT
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self._own_name)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text(page))
        return message

    @property
    def _own_name(self) -> str:
        # The sender's domain, because smtplib would otherwise tell this machine's name to every server on the way.
        return parseaddr(self.sender)[1].rpartition("@")[2]

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.server)
        with self._greeted(parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]) as server:
            if parts.scheme == "smtp":
                self._encrypt(server, verified=bool(parts.username))
            if parts.username:
                self._sign_in(server, unquote(parts.username), unquote(parts.password or ""))
            yield server

    def _greeted(self, scheme: str, host: str, port: int) -> smtplib.SMTP:
        seconds = self.timeout_seconds
        if scheme == "smtps":
            trust = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, local_hostname=self._own_name, timeout=seconds, context=trust)
        return smtplib.SMTP(host, port, local_hostname=self._own_name, timeout=seconds)

    def _encrypt(self, server: smtplib.SMTP, *, verified: bool) -> None:
        """Encrypt where the server can; its certificate counts only where a password is to be sent."""
        server.ehlo()
        if not server.has_extn("starttls"):
            return
        trust = ssl.create_default_context()
        if not verified:
            # A relay next door often has a certificate of its own making, and a page must not fail for it.
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        server.starttls(context=trust)
        server.ehlo()

    def _sign_in(self, server: smtplib.SMTP, name: str, password: str) -> None:
        if not isinstance(server.sock, ssl.SSLSocket):
            raise smtplib.SMTPNotSupportedError
        server.login(name, password)
