"""What someone who can open a case may do with it now."""

from enum import StrEnum

from safeconduct.domains.cases.rules.stages import Stage
from safeconduct.kernel.errors import Refused


class Verb(StrEnum):
    """What someone may do with a case now."""

    TAKE = "take"
    HAND_OVER = "hand-over"
    STEP_BACK = "step-back"
    SAY = "say"
    NOTE = "note"
    ASSESS = "assess"
    ACT = "act"
    MITIGATED = "mitigated"
    LINK = "link"
    DECIDE = "decide"
    CLOSE = "close"
    RESTRICT = "restrict"
    FORWARD = "forward"


# Whoever comes upon child-abuse material marks it at once, whatever the stage and whoever has the case.
_AT_ANY_OPEN_STAGE = frozenset({Verb.NOTE, Verb.STEP_BACK, Verb.RESTRICT})
_WHILE_WORKING = frozenset({Verb.SAY, Verb.ASSESS, Verb.ACT, Verb.MITIGATED, Verb.LINK, Verb.DECIDE})
_ONCE_DECIDED = frozenset({Verb.SAY, Verb.ACT, Verb.CLOSE, Verb.FORWARD})


def verbs(stage: Stage, *, taken: bool, holder: bool, lead: bool) -> frozenset[Verb]:
    """Return everything allowed now. A lead may do all the holder may, once somebody holds the case."""
    if stage is Stage.CLOSED:
        return frozenset()
    allowed = set(_AT_ANY_OPEN_STAGE)
    if not taken or (lead and not holder):
        allowed.add(Verb.TAKE)
    if taken and (holder or lead):
        allowed |= _ONCE_DECIDED if stage is Stage.DECIDED else _WHILE_WORKING
        allowed.add(Verb.HAND_OVER)
    return frozenset(allowed)


def check_may(verb: Verb, allowed: frozenset[Verb]) -> None:
    """Refuse what is not allowed now, and say which step comes first."""
    if verb not in allowed:
        sentence = "This cannot be done with the case as it stands. Take it first, or ask whoever has taken it."
        raise Refused("case.not-now", sentence)
