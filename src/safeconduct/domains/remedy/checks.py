"""What doctor looks at in this room, and what keeps the door shut: somebody else must be able to look again."""

from dataclasses import dataclass

from safeconduct.domains.remedy import operator
from safeconduct.domains.remedy.queries.remedies import overdue
from safeconduct.domains.remedy.queries.reviewers import (
    deciders_without_second_eyes,
    kept_waiting,
    unassignable_appeals,
)
from safeconduct.kernel import clock
from safeconduct.kernel.checks import Check, Diagnosis

NAME_SOMEBODY = (
    "Invite a reviewer, best from outside: 'safeconduct members invite' with the role appeal-reviewer. "
    "Two custodians sign, and they sign in once."
)


def gate() -> str:
    """Return why the door stays shut, or nothing: every decision must have somebody else to look at it again."""
    alone = deciders_without_second_eyes()
    if not alone:
        return ""
    return f"What {alone} of the people here decide, nobody else could look at again. {NAME_SOMEBODY}"


@dataclass(frozen=True)
class SecondEyes:
    """Whatever anybody decides, somebody else can decide the appeal."""

    name: str = "appeals"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Count those whose decisions could be reviewed by themselves alone."""
        refusal = gate()
        if refusal:
            return Diagnosis(refusal.removesuffix(f" {NAME_SOMEBODY}"), NAME_SOMEBODY)
        return Diagnosis("Whatever anybody here decides, somebody else can look at it again.")


@dataclass(frozen=True)
class NobodyToDecide:
    """No appeal waits for somebody who does not exist. It names no case: the first decider may read this too."""

    name: str = "appeals without a reviewer"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count appeals that nobody may decide, and people who could not even file one."""
        stuck = unassignable_appeals() + kept_waiting()
        if stuck:
            return Diagnosis(f"{stuck} appeals wait, and nobody here may decide them.", NAME_SOMEBODY)
        return Diagnosis("Every appeal has somebody who may decide it.")


@dataclass(frozen=True)
class RemediesDelivered:
    """What was promised was delivered by its day."""

    name: str = "promised remedies"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count promises past their day."""
        late = overdue(clock.now().date())
        if late:
            return Diagnosis(
                f"{late} promised remedies are past their day.", "Deliver them; each case page lists its own."
            )
        return Diagnosis("No promised remedy is past its day.")


@dataclass(frozen=True)
class NextStepsListed:
    """Every final answer can name somewhere outside to turn to."""

    name: str = "next steps outside"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Look at what an answer would show."""
        listed = operator.next_steps("en")
        if listed:
            return Diagnosis(f"{len(listed)} next steps outside are listed, verified within six months.")
        mend = f"List them with the date on which you called them, in {operator.FILE} in the data folder."
        return Diagnosis("Final answers name nobody outside to turn to.", mend)


CHECKS: tuple[Check, ...] = (SecondEyes(), NobodyToDecide(), RemediesDelivered(), NextStepsListed())
