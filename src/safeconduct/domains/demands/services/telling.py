"""Telling the people whose words were demanded: at once, or on the day on which silence may end."""

from datetime import date
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.papers import Letter
from safeconduct.domains.cases.rules import Sender
from safeconduct.domains.cases.services.deeds import open_report, ring_after_commit
from safeconduct.domains.cases.services.letters import write_letter
from safeconduct.domains.demands.rules import ENDED, check_handler, check_silence, check_words
from safeconduct.domains.demands.services.held import Held, held
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused

NOT_YOURS_TO_TELL = "You cannot open every report concerned, so you cannot tell its people. A lead can take it over."


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
    """Write to the reporters whom a chosen piece concerns, in their own conversation, and to nobody else.

    Their cases may be linked to others since: their reports are found where they are now, and whoever else reported
    there hears nothing. Whose report was erased meanwhile has nobody left to write to; the demand says which.
    """
    check_words(words)
    numbers = {report: each.number for each in demand.kept.pieces for report in each.concerns}
    there = cases.reports_still_there(numbers)
    for report_id in (each for each in numbers if each in there):
        _write(report_id, words.strip(), demand.desk)
    demand.change(gone=tuple(dict.fromkeys(numbers[each] for each in numbers if each not in there)))
    demand.row.silences.all().delete()
    demand.row.told_on, demand.row.ask_again_on = clock.now().date(), None


def _write(report_id: UUID, words: str, desk: Desk) -> None:
    try:
        opened = open_report(report_id, desk.ring, why="tell somebody of a demand")
    except NotAllowed:
        raise Refused("demand.not-reached", NOT_YOURS_TO_TELL) from None
    write_letter(opened, Letter(Sender.US, desk.display_name, words, clock.this_minute()))
    audit.record(desk.actor, "report.told-of-demand", report_id)
    ring_after_commit(opened.told)


def _silent(demand_id: UUID, desk: Desk) -> Held:
    demand = held(demand_id, desk, why="tell of a demand")
    check_handler(mine=demand.row.handler == desk.member_id)
    if demand.stage not in ENDED or demand.row.ask_again_on is None:
        raise Refused("demand.nothing-to-tell", "Nobody waits to be told of this demand.")
    return demand
