"""A closed case, a decided appeal, an ended demand becomes a slip, sealed to the leads, that leads back to nothing."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from safeconduct.accounts import following
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk, Role
from safeconduct.audit import services as audit
from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.demands.events import DemandEnded
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.rules import Conclusion
from safeconduct.domains.transparency.models import Box, SealedSlip
from safeconduct.domains.transparency.rules import (
    OTHER_LANGUAGE,
    UNSAID,
    AppealSlip,
    Counted,
    DemandSlip,
    Slip,
    gravest,
    region_of,
    week_of,
)
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Recipient, slips
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

_KINDS: Mapping[str, type[Counted]] = {"case": Slip, "appeal": AppealSlip, "demand": DemandSlip}

log = structlog.get_logger()


@transaction.atomic
def count_closed(closed: CaseClosed) -> None:
    """Put a slip of a case that has just closed into this week's box."""
    region = _region(closed.country)
    # A lead reads slips. Of a case that not every lead may see, none of them learns what or where it was.
    known = closed.leads_may_know
    slip = Slip(
        threat=gravest(closed.threats) if known else UNSAID,
        region=region if known else UNSAID,
        language=_language(closed.language) if known else OTHER_LANGUAGE,
        outcome=closed.outcome.value,
        replied_in_time=closed.replied_in_time,
        settled_in_time=closed.settled_in_time,
        secured=closed.secured,
        acts=closed.acts,
    )
    _put(slip)


@transaction.atomic
def count_appeal(decided: AppealDecided) -> None:
    """Put a slip of an appeal that was just decided into this week's box, whenever its case closed."""
    known = decided.leads_may_know
    slip = AppealSlip(
        threat=gravest(decided.threats) if known else UNSAID,
        region=_region(decided.country) if known else UNSAID,
        language=_language(decided.language) if known else OTHER_LANGUAGE,
        side=decided.side.value if known else UNSAID,
        overturned=decided.conclusion is not Conclusion.UPHELD,
        decided_in_time=decided.in_time,
    )
    _put(slip)


@transaction.atomic
def count_demand(ended: DemandEnded) -> None:
    """Put a slip of a demand that was just answered into this week's box."""
    _put(DemandSlip(handed_over=ended.handed_over))


def read(plain: bytes) -> Counted:
    """Return what a slip says."""
    said = json.loads(plain)
    return _KINDS[said.pop("of")](**said)


def _put(slip: Counted) -> None:
    """Seal a slip into this week's box.

    Without a lead whose key is signed nobody could ever read it: then nothing is kept, and the log says so.
    """
    box = _box(week_of(clock.now().date()))
    if box is None:
        log.warning("numbers.not-counted")
        return
    slip_id, of = new_id(), next(of for of, kind in _KINDS.items() if isinstance(slip, kind))
    plain = json.dumps({"of": of, **asdict(slip)}, separators=(",", ":")).encode()
    sealed = slips.put(box.id, slip_id, plain, public_key=bytes(box.public_key))
    SealedSlip.objects.create(id=slip_id, box=box, sealed=sealed)
    audit.record(BY_RULE, "numbers.counted", box.id)


def _region(country: str) -> str:
    region = region_of(country, languages())
    return region.value if region else UNSAID


def _language(language: str) -> str:
    return language if language in languages() else OTHER_LANGUAGE


def languages() -> tuple[str, ...]:
    """Return the languages that have a row of their own."""
    return tuple(code for code, _ in settings.LANGUAGES)


def _box(week: date) -> Box | None:
    found = Box.objects.filter(week=week).first()
    leads = () if found else _leads()
    return _new_box(week, leads) if leads else found


def _leads() -> tuple[Recipient, ...]:
    try:
        return accounts.lead_recipients(NOBODY_EXCLUDED).recipients
    except Refused:
        return ()


def _new_box(week: date, leads: tuple[Recipient, ...]) -> Box:
    """Make the week's box, or take the one that another hand made at the same moment."""
    box, first = Box.objects.get_or_create(week=week)
    if first:
        box.public_key, box.sealed_seed = slips.make(box.id, to=leads, by=BY_RULE)
        box.save()
    return box


def follow_keys(desk: Desk) -> int:
    """Wrap boxes to the leads' keys of today, where a key was replaced, and return how many."""
    if not desk.may(Role.LEAD):
        return 0
    former, leads = accounts.keys_to_leave(), _leads()
    mine = Box.objects.filter(id__in=vault_queries.openable(desk.ring))
    stale = mine.filter(id__in=vault_queries.wrapped_to(former)).order_by("week") if leads else Box.objects.none()
    rows = [*stale.values_list("id", flat=True)]
    return following.one_by_one("numbers", rows, partial(_follow, leads=leads, former=former, desk=desk))


def _follow(box_id: UUID, *, leads: Sequence[Recipient], former: Collection[UUID], desk: Desk) -> int:
    vault.rewrap(box_id, ring=desk.ring, add=leads, drop=former, by=desk.actor)
    return 1
