"""Reading an identity once. Afterwards the halves that were handed over are gone."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Asking, Identity
from safeconduct.domains.defenders.papers import PARTICULARS, TIED_CASE, TiedCase
from safeconduct.domains.defenders.queries.reach import LINKS, check_may_ask, halves_of
from safeconduct.domains.defenders.rules import MOST_BY_ONE, Stage, check_may_read, check_waits, lately_from
from safeconduct.domains.defenders.services.calling import wonder_at
from safeconduct.domains.defenders.services.ending import end
from safeconduct.domains.defenders.views import Reading
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened, halves, ledger, slips
from safeconduct.vault.values import DoesNotOpen

HANDED = "defenders.asking"
NO_LONGER = "What was handed to you no longer opens: your key has changed since. Ask anew."


@transaction.atomic
def read_once(asking_id: UUID, *, by: Desk) -> Reading:
    """Open what both benches handed over, and destroy it: reading again takes a new asking."""
    check_may_ask(by)
    asking = (
        Asking.objects.select_for_update(of=("self",))
        .select_related("identity")
        .filter(pk=asking_id, asker=by.member_id)
        .first()
    )
    if asking is None:
        raise NotAllowed
    check_waits(Stage(asking.stage), lapses_at=asking.lapses_at, now=clock.now())
    check_may_read(Stage(asking.stage))

    read = _read(asking.identity, _opened(asking, by))
    end(asking, Stage.READ)

    audit.record(by.actor, "identity.read", asking.identity_id)
    wonder_at(by.member_id, _read_lately(by.member_id), most=MOST_BY_ONE)
    ledger.note(HANDED, [asking.id])
    return read


def _opened(asking: Asking, by: Desk) -> Opened:
    handed = halves.Handed(asking.id, bytes(asking.sealed_half_a), bytes(asking.sealed_half_b))
    try:
        return halves.open_handed(halves_of(asking.identity), handed, to=by.recipient.id, ring=by.ring)
    except DoesNotOpen:
        raise Refused("asking.no-longer", NO_LONGER) from None


def _read(identity: Identity, opened: Opened) -> Reading:
    told = PARTICULARS.read(identity.sealed, opened, identity.id)
    return Reading(
        pseudonym=identity.pseudonym,
        names=told.names,
        contacts=told.contacts,
        consent=told.consent,
        consented_on=told.consented_on,
        cases=_cases(identity, opened.derived(LINKS)),
    )


def _cases(identity: Identity, seed: bytes) -> tuple[TiedCase, ...]:
    """Return the cases of an identity, oldest first; a link that somebody forged is passed over."""
    found = []
    for link_id, sealed in identity.links.values_list("id", "sealed_case"):
        try:
            found += slips.take_with(seed, identity.book, [(link_id, bytes(sealed))])
        except DoesNotOpen:
            continue
    return tuple(sorted(map(TIED_CASE.parse, found), key=lambda one: (one.on, one.number)))


def _read_lately(member_id: UUID) -> int:
    since = lately_from(clock.now())
    return Asking.objects.filter(asker=member_id, stage=Stage.READ.value, asked_at__gte=since).count()


@transaction.atomic
def forget_handed(asking_ids: Collection[UUID]) -> None:
    """End again, after a restore, askings that were read before: nobody reads twice because of a backup."""
    for asking in Asking.objects.select_for_update().filter(pk__in=asking_ids).exclude(stage=Stage.READ.value):
        end(asking, Stage.READ)
