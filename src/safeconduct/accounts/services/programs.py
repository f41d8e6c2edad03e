"""What a partner's program needs of its organisation: the team's key, handed on by a member who holds it."""

from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.accounts import keys
from safeconduct.accounts.models import KeyPair, TeamKeyShare
from safeconduct.accounts.values import Desk, TeamKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import keypairs


@dataclass(frozen=True)
class OrganisationKey:
    """A partner team's key. Whoever has the seed reads what the organisation reads: seal it at once."""

    id: UUID
    seed: bytes = field(repr=False)


def key_of_organisation(desk: Desk) -> OrganisationKey:
    """Return the present key of the organisation whose member sits at this desk."""
    if (organisation := desk.organisation_id) is None:
        raise NotAllowed
    shares = TeamKeyShare.objects.filter(wrapped_to=desk.recipient.id, key__team_id=organisation)
    share = shares.filter(key__superseded_at=None, key__team__kind=TeamKind.PARTNER.value).select_related("key").first()
    if share is None or desk.organisation is None:
        raise NotAllowed
    seed = keys.opened_share(share, desk.ring)
    # A share is sealed, not signed: only a seed that gives the key the custodians signed is theirs.
    if keypairs.public_key(seed) != desk.organisation.public_key:
        raise NotAllowed
    return OrganisationKey(share.key_id, seed)


def is_present_key(key_id: UUID) -> bool:
    """Return whether a team still uses this key: a token sealed with an earlier one opens nothing new."""
    return KeyPair.objects.filter(id=key_id, superseded_at=None).exclude(team=None).exists()
