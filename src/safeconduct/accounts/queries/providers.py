"""Who comes in through an identity provider."""

from safeconduct.accounts.models import Member, ProviderLink
from safeconduct.accounts.values import Desk, Role


def provider_of(desk: Desk) -> str:
    """Return the short id of the provider through which this member comes in; empty for name, words and code."""
    found = ProviderLink.objects.filter(member=desk.member_id).values_list("provider", flat=True)
    return next(iter(found), "")


def leads_without_provider() -> int:
    """Return how many leads can sign in by name, words and code, for the day on which a provider is away."""
    unlinked = Member.objects.filter(removed_at__isnull=True, confirmed_at__isnull=False, provider_link__isnull=True)
    return sum(Role.LEAD.value in roles for roles in unlinked.values_list("roles", flat=True))
