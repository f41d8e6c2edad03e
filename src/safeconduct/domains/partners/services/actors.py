"""In whose name a partner's own housekeeping is recorded."""

from safeconduct.accounts.values import Desk
from safeconduct.kernel.actors import Actor, ActorKind


def member_actor(desk: Desk) -> Actor:
    """Return the member by their own id. Entries about cases carry a blind one, and the two must never meet."""
    return Actor(ActorKind.PARTNER_MEMBER, desk.member_id)
