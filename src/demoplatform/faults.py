"""Ways in which a platform can fail, switched on by tests and by the demonstration."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong. Most touch only acts; questions are still answered."""

    NONE = "none"
    ABSENT = "absent"
    BLIND = "blind"
    SLOW = "slow"
    STALLED = "stalled"
    REFUSING = "refusing"
    FAILING = "failing"
    NONSENSE = "nonsense"
    UNSIGNED = "unsigned"
    LYING = "lying"


WORDS = {
    Fault.NONE: "Works as it should.",
    Fault.ABSENT: "Absent: a gateway answers in its place.",
    Fault.BLIND: "Blind: does what it is told, then cannot show it.",
    Fault.SLOW: "Slow: does it, and the answer comes too late.",
    Fault.STALLED: "Stalled: does nothing, and the answer comes too late.",
    Fault.REFUSING: "Refusing: says no.",
    Fault.FAILING: "Failing: says that it broke.",
    Fault.NONSENSE: "Nonsense: signs an answer that means nothing.",
    Fault.UNSIGNED: "Unsigned: does it, and forgets to sign.",
    Fault.LYING: "Lying: says that it is done, and does nothing.",
}


@dataclass
class Switch:
    """The fault that is on now, and how long a late answer takes."""

    fault: Fault = Fault.NONE
    late_seconds: float = 20
