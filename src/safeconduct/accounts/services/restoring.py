"""A team whose members all lost their words: two paper cards bring its key back to those the roster names."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import desks, keys, roster
from safeconduct.accounts.events import KeysShared
from safeconduct.accounts.models import KeyPair, Team
from safeconduct.accounts.services.supersession import announce_later
from safeconduct.accounts.services.teams import lacking, ready_members
from safeconduct.accounts.values import BENCHES, Desk, Role, Standing
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import Refused
from safeconduct.vault import cards, keypairs

NOT_ON_IT = "Only somebody who sits on this bench types its cards: they are half of every identity's key."


@dataclass(frozen=True)
class Restored:
    """What the cards brought back. ``former`` says that the team has had another key since they were printed."""

    given: int
    former: bool


def restore_team(team_id: UUID, typed: Sequence[str], *, by: Desk) -> Restored:
    """Join a team's paper cards and give the key they hold to every member whom the signed roster puts in the team.

    The lead who types the cards is given nothing unless they are in the team themselves. Whoever types a bench's cards
    reads its half of every key, so only somebody meant for that very bench does.
    """
    check_may_type(team_id, by=by)
    # Joining is slow on purpose: nobody else's writing waits for it.
    seed = cards.join(typed)
    return _give(team_id, seed, by=by)


def check_may_type(team_id: UUID, *, by: Desk) -> None:
    """Refuse whoever may not type a team's cards: a lead does, and of a bench only somebody who sits on it."""
    team = Team.objects.get(id=team_id)
    if team.kind not in BENCHES:
        by.must(Role.LEAD)
    elif by.recipient.id not in {own.id for own in ready_members(team)}:
        raise Refused("cards.not-on-bench", NOT_ON_IT)


@transaction.atomic
def _give(team_id: UUID, seed: bytes, *, by: Desk) -> Restored:
    team = Team.objects.select_for_update().get(id=team_id)
    key = _key_of(team, seed)
    if not ready_members(team):
        sentence = (
            f"Nobody in the team {team.name} is signed by two custodians yet. "
            "Let them sign its members, then type the cards again."
        )
        raise Refused("team.nobody-signed", sentence)
    receiving = lacking(key, team)
    keys.share(key, seed, receiving)
    audit.record(desks.own_actor(by), "team.key-restored", team_id)
    for each in receiving:
        if each.member_id:
            announce_later(KeysShared(each.member_id))
    return Restored(given=len(receiving), former=key.superseded_at is not None)


def _key_of(team: Team, seed: bytes) -> KeyPair:
    """Return the key of this team that the cards hold: its present one, or one that sealed work may still need."""
    public_key = keypairs.public_key(seed)
    found = next((key for key in KeyPair.objects.filter(team=team) if bytes(key.public_key) == public_key), None)
    if found is None:
        raise Refused("cards.other-team", _whose(public_key, team))
    if found.superseded_at is None and roster.vouched([team])[team.id].standing is Standing.CHANGED:
        sentence = f"The entry of the team {team.name} was changed since it was signed. Run 'safeconduct doctor' first."
        raise Refused("team.changed", sentence)
    return found


def _whose(public_key: bytes, team: Team) -> str:
    others = KeyPair.objects.filter(team__isnull=False).exclude(team=team).select_related("team")
    other = next((key.team for key in others if key.team and bytes(key.public_key) == public_key), None)
    if other is not None:
        return f"Both cards are right, but they are of the team {other.name}, not of {team.name}. Nothing was changed."
    return (
        f"Both cards are right, but hold no key that the team {team.name} has here. Find cards printed later, "
        "and run 'safeconduct doctor' if there are none."
    )
