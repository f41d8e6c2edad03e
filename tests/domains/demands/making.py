"""Ordinary demands for the tests of the room."""

from datetime import date
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.demands import queries, services
from safeconduct.domains.demands.papers import PieceKind
from safeconduct.domains.demands.rules import Answer, Demanded, Found, Step
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase

RECEIVED, DUE, LATER = date(2026, 11, 19), date(2026, 11, 30), date(2026, 12, 20)
SAID = Demanded(
    "Delta Prosecutor, Second Office", "Order 7/2026, Penal Code, Article 12", "All she wrote.", RECEIVED, DUE
)
STEPS = {
    Step.BASIS: Found(Answer.YES, "Order 7/2026, signed by a judge."),
    Step.JURISDICTION: Found(Answer.YES, "We are established there."),
    Step.SCOPE: Found(Answer.NO, "It asks for everything; the order names one message."),
    Step.CHALLENGE: Found(Answer.NO, "Counsel looked on Thursday and sees no ground."),
    Step.SILENCE: Found(Answer.NO, "Nothing in it forbids it."),
    Step.TELLING: Found(Answer.YES, "Before anything leaves."),
}
SILENT = STEPS | {Step.SILENCE: Found(Answer.YES, "Paragraph 3 forbids it for thirty days.")}
READING = "The first words of the report alone. No account, no name, no message."
WORDS = "An authority demanded what you first wrote to us. A judge ordered it. It leaves today."


def log(desk: Desk, said: Demanded = SAID) -> UUID:
    return services.log_demand(said, desk, key=new_id())


def first_words(demand_id: UUID, made: MadeCase, desk: Desk) -> UUID:
    """Return the piece that holds what the reporter first wrote."""
    choices = queries.choices_for(demand_id, made.id, desk)
    return next(each.piece.id for each in choices if each.piece.kind is PieceKind.REPORT)


def proposed(made: MadeCase, desk: Desk, steps: dict[Step, Found] = STEPS) -> UUID:
    """Log a demand, take every step, choose the reporter's first words, and ask for a second person."""
    demand_id = log(desk)
    services.consider(demand_id, steps, READING, desk)
    services.choose(demand_id, made.id, [first_words(demand_id, made, desk)], desk)
    services.propose(demand_id, desk)
    return demand_id
