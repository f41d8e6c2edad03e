"""Telling the people whose words were demanded: at once, or on the day on which silence may end."""

from datetime import date
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.papers import Letter
from safeconduct.domains.cases.queries.due import erased_among
from safeconduct.domains.cases.rules import Sender
from safeconduct.domains.cases.services.deeds import open_report, ring_after_commit
from safeconduct.domains.cases.services.letters import write_letter
from safeconduct.domains.demands.rules import ENDED, check_handler, check_silence, check_words
from safeconduct.domains.demands.services.held import Held, held
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused


@transaction.atomic
def tell(demand_id: UUID, words: str, desk: Desk) -> None:
    """Tell the people concerned, once silence has ended."""
    demand = _silent(demand_id, desk)
    tell_people(demand, words)
    demand.save("demand.told")


@transaction.atomic
def keep_silent(demand_id: UUID, ask_again_on: date, desk: Desk) -> None:
    """Note that it was asked again and is still forbidden, and when it will be asked next."""
    demand = _silent(demand_id, desk)
    check_silence(demand.kept.steps, ask_again_on=ask_again_on, today=clock.now().date())
    demand.row.ask_again_on = ask_again_on
    demand.save("demand.asked-again")


def tell_people(demand: Held, words: str) -> None:
    """Write to every reporter of a case that a piece was chosen from, in their own conversation.

    A case that was erased meanwhile has nobody left to write to; the demand says which.
    """
    check_words(words)
    numbers = {each.case_id: each.number for each in demand.kept.pieces}
    gone = erased_among(numbers)
    for case_id in (each for each in numbers if each not in gone):
        for report in cases.case_for(case_id, demand.desk).reports:
            _write(report.id, words.strip(), demand.desk)
    demand.change(gone=tuple(numbers[each] for each in numbers if each in gone))
    demand.row.silences.all().delete()
    demand.row.told_on, demand.row.ask_again_on = clock.now().date(), None


def _write(report_id: UUID, words: str, desk: Desk) -> None:
    opened = open_report(report_id, desk.ring, why="tell somebody of a demand")
    write_letter(opened, Letter(Sender.US, desk.display_name, words, clock.this_minute()))
    audit.record(desk.actor, "report.told-of-demand", report_id)
    ring_after_commit(opened.told)


def _silent(demand_id: UUID, desk: Desk) -> Held:
    demand = held(demand_id, desk, why="tell of a demand")
    check_handler(mine=demand.row.handler == desk.member_id)
    if demand.stage not in ENDED or demand.row.ask_again_on is None:
        raise Refused("demand.nothing-to-tell", "Nobody waits to be told of this demand.")
    return demand
