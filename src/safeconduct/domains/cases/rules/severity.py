"""How bad, how many, how lasting, how likely: what makes a case more urgent than another."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from safeconduct.domains.cases.rules.words import Danger, Threat, Want
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel.errors import Refused


class Severity(StrEnum):
    """Four classes; the smaller the number, the more urgent. They sort as text in the same order."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"

    def above(self, other: "Severity") -> bool:
        """Return whether this is more urgent than ``other``."""
        return self.value < other.value


class Degree(IntEnum):
    """One answer about a case: of scale, scope, irremediability or likelihood."""

    LOW = 0
    RAISED = 1
    HIGH = 2
    EXTREME = 3


@dataclass(frozen=True)
class Assessment:
    """The four answers that make a severity."""

    scale: Degree
    scope: Degree
    irremediability: Degree
    likelihood: Degree

    @property
    def severity(self) -> Severity:
        """Return the class these answers give."""
        return severity(self.scale, self.scope, self.irremediability, self.likelihood)


SERIOUS_POINTS = 6
SIGNIFICANT_POINTS = 3


def severity(scale: Degree, scope: Degree, irremediability: Degree, likelihood: Degree) -> Severity:
    """Return the class of a case. Raising any one answer never makes it less urgent.

    Grave harm to one person that is about to happen is imminent whatever its scope: numbers never outvote a life.
    """
    harm = max(scale, irremediability)
    points = scale + scope + irremediability + likelihood
    if harm >= Degree.HIGH and likelihood == Degree.EXTREME:
        return Severity.P0
    if points >= SERIOUS_POINTS or harm == Degree.EXTREME:
        return Severity.P1
    if points >= SIGNIFICANT_POINTS or harm == Degree.HIGH:
        return Severity.P2
    return Severity.P3


# What can lead to a body being hurt: threats to life, published addresses.
_BODILY = frozenset({Threat.T9, Threat.T5})
# Silence is weighed like doubt: whoever left the question open may have had no time for it.
_NOT_KNOWN = frozenset({Danger.UNSURE, Danger.UNSAID})
_GRAVE = frozenset({Threat.T5, Threat.T8, Threat.T9, Threat.T10})
_LASTING = frozenset({Threat.T1, Threat.T5, Threat.T8, Threat.T9, Threat.T10, Threat.T12})


def severity_at_intake(
    happened: Collection[Threat],
    danger: Danger,
    wants: Collection[Want] = (),
    who_else_sees: WhoElse = WhoElse.UNSAID,
) -> Severity:
    """Return the class a report starts in, before anyone has read it. In doubt it is the more urgent."""
    told = _severity_of_danger(set(happened), danger)
    return min(told, severity_of_lock(who_else_sees)) if Want.SECURE in wants else told


def severity_of_lock(who_else_sees: WhoElse) -> Severity:
    """Return what a wish to lock an account is at least: with somebody else inside, the account is being taken now."""
    return Severity.P1 if who_else_sees is WhoElse.SOMEONE else Severity.P2


def _severity_of_danger(kinds: set[Threat], danger: Danger) -> Severity:
    if danger is Danger.NOW or (danger is Danger.TODAY and kinds & _BODILY):
        return Severity.P0
    if danger is Danger.TODAY or (danger is Danger.SOON and kinds & _GRAVE):
        return Severity.P1
    if danger in _NOT_KNOWN and Threat.T9 in kinds:
        return Severity.P1
    if danger in _NOT_KNOWN | {Danger.SOON} or kinds & _LASTING:
        return Severity.P2
    return Severity.P3


def check_lowering(before: Severity, after: Severity, reason: str) -> None:
    """Refuse to lower a case without a reason. Raising needs none."""
    if before.above(after) and not reason.strip():
        raise Refused("case.lowered-without-reason", "Write why this case is less urgent than it was.")
