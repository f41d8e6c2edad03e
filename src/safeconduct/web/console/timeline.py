"""The timeline: the audit record of a case in past-tense sentences, newest last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.views import CaseView, TimelineEntry

Sentences = Mapping[str, str | Promise]

HAPPENED: Sentences = {}

BY_KIND: Sentences = {
    "reporter": _("The reporter"),
    "rule": _("By rule"),
    "operator": _("The operator"),
    "partner-member": _("The partner"),
    "partner-program": _("The partner's program"),
}


@dataclass(frozen=True)
class Told:
    """One line of the timeline."""

    at: datetime
    sentence: str
    by: str


def told(case: CaseView) -> list[Told]:
    """Return the lines, oldest first. An entry nobody wrote a sentence for is shown by its own word, never left out."""
    return [Told(entry.at, str(HAPPENED.get(entry.action, entry.action)), _by(entry)) for entry in case.timeline]


def _by(entry: TimelineEntry) -> str:
    return entry.by or str(BY_KIND.get(entry.by_kind, ""))
