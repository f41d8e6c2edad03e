"""Organisations, tokens and hooks, for their own members and for staff."""

from safeconduct.accounts.services.programs import is_present_key
from safeconduct.accounts.values import Desk
from safeconduct.domains.partners.models import Hook, Organisation, Token
from safeconduct.domains.partners.rules import Agreed, Footing, Grounds, State, Term
from safeconduct.domains.partners.views import OrganisationView, TokenView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused


def organisation_for(desk: Desk) -> OrganisationView:
    """Return the organisation of a partner's member, while it is let in."""
    if desk.organisation_id is None:
        raise NotAllowed
    row = Organisation.objects.filter(pk=desk.organisation_id).first()
    if row is None or not footing_of(row).may_enter():
        raise NotAllowed
    if desk.organisation is None:
        sentence = (
            "Your organisation's key waits for two custodians. Until they have signed it, nothing is handed to you."
        )
        raise Refused("partner.unsigned", sentence)
    return view_of(row)


def organisations() -> list[OrganisationView]:
    """Return all organisations, for the operator's own command line."""
    return [view_of(row) for row in Organisation.objects.order_by("name")]


def some_may_file() -> bool:
    """Answer whether any organisation may file a report today."""
    today = clock.now().date()
    return any(footing_of(row).may(Term.FILE, today) for row in Organisation.objects.all())


def tokens_for(desk: Desk) -> list[TokenView]:
    """Return the tokens of the desk's organisation, newest first."""
    organisation = organisation_for(desk)
    today = clock.now().date()
    return [
        TokenView(row.id, row.label, row.made_at, row.ends_on, works=works(row) and today < row.ends_on)
        for row in Token.objects.filter(organisation_id=organisation.id, revoked_at=None).order_by("-made_at", "id")
    ]


def hook_for(desk: Desk) -> str:
    """Return where the desk's organisation is told that something is waiting, or nothing."""
    organisation = organisation_for(desk)
    return Hook.objects.filter(pk=organisation.id).values_list("address", flat=True).first() or ""


def works(row: Token) -> bool:
    """Answer whether a token still opens what its organisation reads."""
    return row.revoked_at is None and clock.now().date() < row.ends_on and is_present_key(row.team_key_id)


def footing_of(row: Organisation) -> Footing:
    """Return how an organisation stands with us."""
    agreements = row.agreements.order_by("signed_on")
    agreed = (Agreed(frozenset(Term(term) for term in each.terms), each.signed_on, each.ends_on) for each in agreements)
    return Footing(State(row.state), row.vetted_until, tuple(agreed))


def view_of(row: Organisation) -> OrganisationView:
    """Return an organisation as others may see it."""
    grounds = Grounds(row.grounds) if row.grounds else None
    return OrganisationView(row.id, row.name, State(row.state), grounds, footing_of(row))
