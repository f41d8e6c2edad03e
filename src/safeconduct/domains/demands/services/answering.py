"""Answering a demand: handing over what was approved, or refusing in words. The people concerned are told first."""

from datetime import date
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.demands.events import DemandEnded
from safeconduct.domains.demands.models import Silence
from safeconduct.domains.demands.papers import Left
from safeconduct.domains.demands.pieces import present_cases, raw_of
from safeconduct.domains.demands.rules import (
    Stage,
    check_approved,
    check_handler,
    check_same_file,
    check_silence,
    check_steps,
    check_unchanged,
    check_words,
    is_forbidden_to_tell,
)
from safeconduct.domains.demands.services.held import Held, held, held_by_handler
from safeconduct.domains.demands.services.packing import is_same, packed
from safeconduct.domains.demands.services.telling import tell_people
from safeconduct.kernel import clock, events
from safeconduct.kernel.errors import NotAllowed, Refused


@transaction.atomic
def hand_over(demand_id: UUID, desk: Desk, *, words: str = "", ask_again_on: date | None = None) -> bytes:
    """Return the one file that leaves, exactly as it was approved, once the people concerned were told.

    Where that is forbidden, a day is named on which somebody asks again.
    """
    demand = held_by_handler(demand_id, desk, why="answer a demand")
    check_approved(demand.stage)
    raw = raw_of(demand.kept.pieces, desk)
    check_unchanged(same=is_same(demand.kept.pieces, raw))
    _tell_or_wait(demand, words, ask_again_on)
    content = packed(demand.kept.pieces, raw)
    second = accounts.names_for([demand.row.second]).get(demand.row.second, "") if demand.row.second else ""
    demand.change(left=Left(sha256(content).hexdigest(), desk.display_name, second, clock.this_minute()))
    for case_id in present_cases(demand.kept.pieces):
        audit.record(desk.actor, "demand.took-from-case", case_id)
    _end(demand, Stage.HANDED_OVER, "demand.handed-over")
    return content


@transaction.atomic
def hand_over_again(demand_id: UUID, desk: Desk) -> bytes:
    """Return the very file that left once more, to whoever works on the demand, for as long as it can be made."""
    demand = held(demand_id, desk, why="save the answer to a demand again")
    check_handler(mine=demand.row.handler == desk.member_id)
    left = demand.kept.left
    if left is None:
        raise Refused("demand.nothing-left", "Nothing has left for this demand.")
    content = _as_it_left(demand)
    check_same_file(same=sha256(content).hexdigest() == left.sha256)
    audit.record(desk.actor, "demand.saved-again", demand_id)
    return content


def _as_it_left(demand: Held) -> bytes:
    try:
        return packed(demand.kept.pieces, raw_of(demand.kept.pieces, demand.desk))
    except NotAllowed:
        return b""


@transaction.atomic
def refuse(demand_id: UUID, refusal: str, desk: Desk, *, words: str = "", ask_again_on: date | None = None) -> None:
    """Refuse a demand, with the words that go to the authority. Nothing leaves."""
    demand = held_by_handler(demand_id, desk, why="refuse a demand")
    check_steps(demand.kept.steps)
    check_words(refusal)
    if demand.kept.pieces:
        _tell_or_wait(demand, words, ask_again_on)
    demand.change(refusal=refusal.strip())
    _end(demand, Stage.REFUSED, "demand.refused")


def _tell_or_wait(demand: Held, words: str, ask_again_on: date | None) -> None:
    today = clock.now().date()
    check_silence(demand.kept.steps, ask_again_on=ask_again_on, today=today)
    if is_forbidden_to_tell(demand.kept.steps):
        demand.row.ask_again_on = ask_again_on
        concerned = {each.case_id for each in demand.kept.pieces}
        Silence.objects.bulk_create(Silence(demand=demand.row, case_id=each) for each in sorted(concerned))
        return
    tell_people(demand, words)


def _end(demand: Held, stage: Stage, action: str) -> None:
    demand.row.stage, demand.row.ended_on = stage.value, clock.now().date()
    demand.save(action)
    transaction.on_commit(partial(events.announce, DemandEnded(handed_over=stage is Stage.HANDED_OVER)))
