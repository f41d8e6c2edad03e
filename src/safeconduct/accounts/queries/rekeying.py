"""Teams that are on their way from a former key to a new one: how far, and what it waits for."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts import roster
from safeconduct.accounts.models import KeyPair, Team
from safeconduct.accounts.values import TeamKind
from safeconduct.audit import queries as audit
from safeconduct.vault import queries as vault

REKEYED, CARDS = "team.rekeyed", "team.cards-made"


@dataclass(frozen=True)
class Rekeying:
    """One team on its way. ``left`` counts what is still wrapped to a former key of it."""

    team: str
    signed: bool
    left: int


def rekeys_under_way() -> tuple[Rekeying, ...]:
    """Return the teams that something is still wrapped to under a former key, or whose new key waits for signatures.

    Partner organisations are left out: under their blind ids nobody but they can see what is wrapped to them.
    """
    teams = [*Team.objects.exclude(kind=TeamKind.PARTNER.value).filter(key_pairs__superseded_at__isnull=False)]
    teams = sorted(dict.fromkeys(teams), key=lambda team: team.name)
    standing = roster.vouched(teams)
    found = [Rekeying(team.name, standing[team.id].ready, _left(team)) for team in teams]
    return tuple(one for one in found if one.left or not one.signed)


def _left(team: Team) -> int:
    former = KeyPair.objects.filter(team=team, superseded_at__isnull=False).values_list("id", flat=True)
    return vault.wrapped_to([*former]).count()


def left_under_former_keys() -> int:
    """Return how many envelopes are wrapped to a former key of anybody, people as well as teams."""
    former = KeyPair.objects.filter(superseded_at__isnull=False).values_list("id", flat=True)
    return vault.wrapped_to([*former]).count()


def keys_to_leave() -> frozenset[UUID]:
    """Return the former keys from which what they open can be wrapped anew now.

    Those of a team whose new key waits for signatures are kept: what they open would go to its members one by one, and
    nobody who joins later, nor any paper card, would open it.
    """
    former = KeyPair.objects.filter(superseded_at__isnull=False).select_related("team")
    waiting = _waiting_for_signatures()
    return frozenset(key.id for key in former if key.team_id not in waiting)


def _waiting_for_signatures() -> frozenset[UUID]:
    teams = [*Team.objects.filter(key_pairs__superseded_at__isnull=True)]
    return frozenset(one for one, stands in roster.vouched(teams).items() if not stands.ready)


def teams_without_cards() -> tuple[str, ...]:
    """Return the teams of staff that were given a key since their last paper cards were made."""
    teams = Team.objects.exclude(kind=TeamKind.PARTNER.value).order_by("name")
    return tuple(team.name for team in teams if _last_of(team.id) == REKEYED)


def _last_of(team_id: UUID) -> str:
    said = [entry.action for entry in audit.entries_for(team_id) if entry.action in {REKEYED, CARDS}]
    return said[-1] if said else ""
