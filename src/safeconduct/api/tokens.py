"""Who asks: the partner's program behind a Bearer token, let in only as far as its organisation stands with us."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from safeconduct.api.problems import TooOften
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.rules import Term, check_term
from safeconduct.domains.partners.views import Program
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.slate import slate

REQUESTS_A_MINUTE = 240
# Of one organisation, whatever tokens it has: beyond this a stolen one would bury what others report.
FILINGS_A_MINUTE = 10


class PartnerToken(HttpBearer):
    """A token that a member of the organisation made on the partner pages."""

    def authenticate(self, request: HttpRequest, token: str) -> Program | None:  # noqa: ARG002 - ninja's signature
        """Return the program, or nothing for every kind of wrong token."""
        try:
            program = partners.program_of(token)
        except NotAllowed:
            return None
        pace.count(program.token_id)
        if not program.footing.may_enter():
            sentence = "Your organisation's vetting does not stand now. Your cases go on. Write to us to renew it."
            raise Refused("partner.not-let-in", sentence)
        return program


class Pace:
    """How often each asked in this minute, of all processes. In memory, and forgotten with the minute."""

    def __init__(self, most: int, room: str) -> None:
        self._most, self._room = most, room

    def count(self, who: UUID) -> None:
        """Count one request; raise ``TooOften`` when the minute's share is used up."""
        minute = clock.this_minute()
        asked = slate.count(f"{self._room}: {minute.isoformat()}", who.bytes, ends=minute + timedelta(minutes=1))
        if asked > self._most:
            raise TooOften(60 - clock.now().second)


pace = Pace(REQUESTS_A_MINUTE, "pace")
filings = Pace(FILINGS_A_MINUTE, "filings")


def program_of(request: HttpRequest) -> Program:
    """Return the program that asks."""
    return cast("Program", request.auth)  # type: ignore[attr-defined] # ninja puts it there


def check_may_file(program: Program) -> None:
    """Refuse a filing by an organisation whose vetting or agreement has run out, or that files too fast."""
    check_term(program.footing, Term.FILE, clock.now().date())
    filings.count(program.organisation_id)
