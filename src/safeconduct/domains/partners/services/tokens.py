"""Tokens for a partner's own programs: each opens the organisation's key, and nothing in the database opens a token."""

import base64
import binascii
import secrets
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.services.programs import key_of_organisation
from safeconduct.accounts.values import Desk
from safeconduct.audit.services import record
from safeconduct.domains.partners import queries, rules
from safeconduct.domains.partners.models import Token
from safeconduct.domains.partners.services.actors import member_actor
from safeconduct.domains.partners.services.taken_away import revoke
from safeconduct.domains.partners.views import NewToken, Program
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Keyring, Place, Recipient, blind_id, boxes, public_key
from safeconduct.vault.labels import derived, derived_id

PREFIX = "scp_"
TOKEN_BYTES = 32


@transaction.atomic
def make_token(label: str, *, by: Desk) -> NewToken:
    """Make a token and return it for the only time. It lasts a year, or until the organisation's key changes."""
    organisation = queries.organisation_for(by)
    _check_label(label, organisation.id)
    key = key_of_organisation(by)
    secret, token_id = secrets.token_bytes(TOKEN_BYTES), new_id()
    ends_on = clock.now().date() + rules.TOKEN_LASTS
    Token.objects.create(
        id=token_id,
        organisation_id=organisation.id,
        label=label.strip(),
        tag=_tag(secret),
        team_key_id=key.id,
        sealed_seed=boxes.sealed_under(_sealing_key(secret), key.seed, _place(token_id)),
        made_at=clock.this_minute(),
        ends_on=ends_on,
    )
    record(member_actor(by), "partner.token-made", organisation.id)
    return NewToken(token_id, PREFIX + base64.urlsafe_b64encode(secret).decode().rstrip("="), ends_on)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Desk) -> None:
    """End a token at once."""
    organisation = queries.organisation_for(by)
    if not revoke(organisation.id, only=token_id):
        raise NotAllowed
    record(member_actor(by), "partner.token-revoked", organisation.id)


def program_of(text: str) -> Program:
    """Return what a token opens. Unknown, ended, revoked and malformed tokens are answered alike."""
    secret = _secret(text)
    row = Token.objects.select_related("organisation").filter(tag=_tag(secret)).first()
    if row is None or not queries.works(row):
        raise NotAllowed
    seed = boxes.opened_under(_sealing_key(secret), bytes(row.sealed_seed), _place(row.id))
    # An id that only the organisation can compute: with the token's own, the record would say which partner filed.
    actor = Actor(ActorKind.PARTNER_PROGRAM, derived_id(seed, f"partners: program {row.id}"))
    return Program(
        token_id=row.id,
        organisation_id=row.organisation_id,
        name=row.organisation.name,
        footing=queries.footing_of(row.organisation),
        organisation=Recipient(blind_id(seed), public_key(seed)),
        ring=_ring(actor, row.team_key_id, seed),
        actor=actor,
        filing_secret=derived(seed, "partners: filing"),
    )


def _ring(actor: Actor, team_key_id: UUID, seed: bytes) -> Keyring:
    ring = Keyring(actor, {team_key_id: seed})
    ring.add(team_key_id, seed, blind=True)
    return ring


def _secret(text: str) -> bytes:
    kept = text.strip().removeprefix(PREFIX)
    try:
        secret = base64.b64decode(kept + "=" * (-len(kept) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotAllowed from None
    if len(secret) != TOKEN_BYTES:
        raise NotAllowed
    return secret


def _tag(secret: bytes) -> bytes:
    return derived(secret, "partners: token tag")


def _sealing_key(secret: bytes) -> bytes:
    return derived(secret, "partners: token seed")


def _place(token_id: UUID) -> Place:
    return Place("partners_token", token_id, "sealed_seed")


def _check_label(label: str, organisation_id: UUID) -> None:
    if not 0 < len(label.strip()) <= rules.LONGEST_LABEL:
        raise Refused("token.label", f"Give the program a name of at most {rules.LONGEST_LABEL} letters.")
    if Token.objects.filter(organisation_id=organisation_id, revoked_at=None).count() >= rules.MOST_TOKENS:
        raise Refused("token.too-many", f"There are {rules.MOST_TOKENS} tokens already. Revoke one that is not used.")
