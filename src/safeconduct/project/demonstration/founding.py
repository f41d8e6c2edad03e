"""Founds the demonstration once: the cast, their keys, a pager that was tried, and an open channel."""

from datetime import timedelta

from django.db import transaction

from safeconduct.accounts import queries
from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.services import channel
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.rules import Grounds, Term
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.project.demonstration import memory, people, places
from safeconduct.project.demonstration.pager import PAGER
from safeconduct.project.demonstration.places import Places


def found(where: Places) -> None:
    """Make the invented programme, all of it or nothing, and mark it complete.

    A founding cut short starts again; one that lacks nothing but its mark is only marked.
    """
    if not (queries.is_founded() and where.people.exists()):
        _found(where)
    audit.sequence_pending()
    places.mark_founded(where)


@transaction.atomic
def _found(where: Places) -> None:
    founded = accounts.found_programme([one.person for one in people.CAST], people.TEAMS)
    memory.keep(where.people, founded)
    for name in ("ines", "idris", "leyla"):
        _try_pager(_desk(where, name))
    _take_in_partner(_desk(where, "leyla"))
    channel.open_channel("public", by=OPERATOR)


def _desk(where: Places, name: str) -> Desk:
    person = memory.recall(where.people, name)
    assert person is not None, "the founding has just written this person down"
    desk = accounts.session_from(memory.sign_in(person).cookie)
    assert isinstance(desk, Desk)
    return desk


def _take_in_partner(lead: Desk) -> None:
    """Write down the partner, vetted, with an agreement for a year."""
    today = clock.now().date()
    partners.take_in(people.PARTNER_ID, name=people.PARTNER, by=lead)
    partners.vet(people.PARTNER_ID, grounds=Grounds.TWO_REFERENCES, by=lead)
    partners.agree(people.PARTNER_ID, terms=list(Term), signed_on=today, ends_on=today + timedelta(days=365), by=lead)


def _try_pager(desk: Desk) -> None:
    """Send the trial page and type its number back, as the channel's gate demands of everyone."""
    channel.set_pager_address(desk, PAGER.name, desk.display_name)
    channel.try_pagers(desk)
    channel.confirm_pager(PAGER.sent[-1].number, desk)
