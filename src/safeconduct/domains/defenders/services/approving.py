"""What custodians do about an asking: one of each bench hands over its half, or somebody refuses."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, TeamKind
from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Asking
from safeconduct.domains.defenders.papers import EXCLUDED
from safeconduct.domains.defenders.queries.reach import half_of, seat_of
from safeconduct.domains.defenders.rules import MOST_BY_A_BENCH, Stage, check_waits, lately_from, stage_after_approving
from safeconduct.domains.defenders.services.calling import called_enough, wonder_at
from safeconduct.domains.defenders.services.ending import end
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Recipient, halves
from safeconduct.vault import services as vault

EXCLUDED_ASKER = "They asked that this colleague must not see it. Refuse this asking."
NOT_SIGNED = "The entry of whoever asks is not signed as it stands, so nothing is sealed to them. Ask for 'doctor'."
APPROVED_ALREADY = "Your bench has approved this already. The other one answers now."


@transaction.atomic
def approve(asking_id: UUID, *, by: Desk) -> None:
    """Hand one's bench's half to whoever asked; never for oneself, nor to a colleague who was excluded."""
    seat = seat_of(by)
    asking = _locked(asking_id, by)
    _check_asker(asking, by)
    column = "a" if seat is TeamKind.BENCH_A else "b"
    if getattr(asking, f"approved_{column}") is not None:
        raise Refused("asking.approved", APPROVED_ALREADY)

    handed = halves.hand_over(
        half_of(asking.identity, seat), asking=asking.id, to=_recipient(asking.asker), ring=by.ring
    )
    setattr(asking, f"sealed_half_{column}", handed)
    setattr(asking, f"approved_{column}", by.member_id)
    asking.stage = stage_after_approving(by_a=asking.approved_a is not None, by_b=asking.approved_b is not None).value
    asking.save()
    called_enough(asking, accounts.benches()[seat].member_ids)

    audit.record(by.actor, "identity.approved", asking.identity_id)
    wonder_at(accounts.benches()[seat].team_id, _approved_lately(column), most=MOST_BY_A_BENCH)


@transaction.atomic
def refuse(asking_id: UUID, *, by: Desk) -> None:
    """Say no for one's bench. It ends the asking, and what the other bench handed over is destroyed unread."""
    seat_of(by)
    asking = _locked(asking_id, by)

    asking.refused_by = by.member_id
    end(asking, Stage.REFUSED)

    audit.record(by.actor, "identity.asking-refused", asking.identity_id)


def _locked(asking_id: UUID, by: Desk) -> Asking:
    asking = Asking.objects.select_for_update(of=("self",)).select_related("identity").filter(pk=asking_id).first()
    if asking is None or asking.asker == by.member_id:
        raise NotAllowed
    check_waits(Stage(asking.stage), lapses_at=asking.lapses_at, now=clock.now())
    return asking


def _check_asker(asking: Asking, by: Desk) -> None:
    if accounts.sits_on_a_bench(asking.asker):
        raise Refused("asking.bench", "Whoever sits on a bench never asks. Let a colleague ask.")
    book = vault.open_one(asking.identity.book, ring=by.ring, why="see whom they excluded")
    exclude = EXCLUDED.read(asking.identity.sealed_excluded, book, asking.identity_id)
    if accounts.is_excluded(asking.asker, exclude):
        raise Refused("asking.excluded", EXCLUDED_ASKER)


def _recipient(asker: UUID) -> Recipient:
    try:
        return accounts.person_recipient(asker)
    except NotAllowed:
        raise Refused("asking.unsigned", NOT_SIGNED) from None


def _approved_lately(column: str) -> int:
    since = lately_from(clock.now())
    return Asking.objects.filter(asked_at__gte=since, **{f"approved_{column}__isnull": False}).count()
