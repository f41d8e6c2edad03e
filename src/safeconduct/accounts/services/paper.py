"""New paper cards of a team's key: only for who can open it already, and never without a custodian."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts import desks, keys
from safeconduct.accounts.models import Team, TeamKeyShare
from safeconduct.accounts.services.putting_out import Agreement, agreed_apart_from
from safeconduct.accounts.services.seats import check_not_of_the_other_bench
from safeconduct.accounts.services.teams import ready_members
from safeconduct.accounts.values import Desk, PaperCards
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import Refused
from safeconduct.vault import cards

NOT_IN_IT = "Only someone who is in the team and holds its key makes its cards. Ask one of them."


def make_cards(team_id: UUID, *, by: Desk, agreement: Agreement) -> PaperCards:
    """Return three new cards of a team's present key, to a member of the team with whom a custodian agrees.

    Whoever puts a colleague out learns no key by it: two cards are a key, and a lead need not be in the team.
    """
    agreed = agreed_apart_from({by.member_id}, agreement)
    return _make(team_id, by, agreed)


@transaction.atomic
def _make(team_id: UUID, by: Desk, agreed: Desk) -> PaperCards:
    team = Team.objects.select_for_update().get(id=team_id)
    check_not_of_the_other_bench(team, agreed.member_id)
    shares = TeamKeyShare.objects.filter(key__team=team, key__superseded_at__isnull=True)
    share = shares.filter(wrapped_to=by.recipient.id).select_related("key").first()
    if share is None or by.recipient.id not in {own.id for own in ready_members(team)}:
        raise Refused("cards.not-in-team", NOT_IN_IT)
    seed = keys.opened_share(share, by.ring)
    audit.record(desks.own_actor(agreed), "team.cards-agreed", team_id)
    audit.record(desks.own_actor(by), "team.cards-made", team_id)
    return PaperCards(team.id, team.name, cards.split(seed))
