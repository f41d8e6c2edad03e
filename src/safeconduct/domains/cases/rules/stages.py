"""Where a case stands, and which steps lead where."""

from enum import StrEnum

from safeconduct.kernel.errors import Refused


class Stage(StrEnum):
    """Five stops on one line."""

    NEW = "new"
    TRIAGE = "triage"
    ACTING = "acting"
    DECIDED = "decided"
    CLOSED = "closed"


# A closed case leads nowhere: what comes after it is a new report, or an appeal.
_MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.NEW: frozenset({Stage.TRIAGE}),
    Stage.TRIAGE: frozenset({Stage.ACTING, Stage.DECIDED}),
    Stage.ACTING: frozenset({Stage.DECIDED}),
    Stage.DECIDED: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}

_WHY_NOT = {
    Stage.NEW: "Nobody has taken this case yet. Take it first.",
    Stage.TRIAGE: "This case has not been decided yet. Decide it first.",
    Stage.ACTING: "This case has not been decided yet. Decide it first.",
    Stage.DECIDED: "This case is decided. It can only be closed.",
    Stage.CLOSED: "This case is closed and stays closed.",
}


def may_move(before: Stage, after: Stage) -> bool:
    """Answer whether a case may go from one stage to the other."""
    return after in _MOVES[before]


def check_move(before: Stage, after: Stage) -> None:
    """Refuse a step that the line does not have."""
    if not may_move(before, after):
        raise Refused("case.wrong-stage", _WHY_NOT[before])


def check_open(stage: Stage) -> None:
    """Refuse any change to a closed case."""
    if stage is Stage.CLOSED:
        raise Refused("case.closed", _WHY_NOT[Stage.CLOSED])


def check_link(stage: Stage, *, taken_by_another: bool) -> None:
    """Refuse to link away a case that is decided, or that a colleague works on."""
    if stage in {Stage.DECIDED, Stage.CLOSED}:
        raise Refused("case.wrong-stage", "This case is decided or closed already, so its reports stay with it.")
    if taken_by_another:
        raise Refused("case.taken", "A colleague has taken this case. Ask them to link it.")
