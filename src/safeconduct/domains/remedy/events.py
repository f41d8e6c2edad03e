"""Facts that remedy announces after commit. They carry no id: what may be counted, and not of which appeal."""

from dataclasses import dataclass, field

from safeconduct.domains.cases.rules import Threat
from safeconduct.domains.remedy.rules import Conclusion, Lane, Side


@dataclass(frozen=True)
class AppealDecided:
    """An appeal ended. ``side`` tells a reporter's or a partner's from one of the person acted on.

    ``leads_may_know`` is False when somebody is kept out of its case, so that a lead could be among them.
    """

    side: Side
    lane: Lane
    conclusion: Conclusion
    in_time: bool
    country: str = field(repr=False)
    threats: tuple[Threat, ...] = field(repr=False)
    language: str = field(repr=False)
    leads_may_know: bool
