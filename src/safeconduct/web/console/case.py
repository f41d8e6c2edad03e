"""The case page: everything about one case, its hard words and pictures behind a veil."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.remedy import queries as remedy
from safeconduct.domains.safety.rules import Bundle
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.case_line import case_line
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.lifted import Lifted
from safeconduct.web.console.standing import protectables
from safeconduct.web.console.timeline import told


@for_staff
@require_safe
def case(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Show the case with every veil closed."""
    return render(request, "console/case.html", shown(queries.case_for(case_id, desk), desk))


def shown(
    opened: CaseView, desk: Desk, *, lifted: Lifted | None = None, typed: str = "", told_wrong: str = ""
) -> dict[str, Any]:
    """Return what the case page needs. ``typed`` is a reply that could not be sent and is not lost."""
    now = clock.now()
    return {
        "here_is": "case",
        "case": opened,
        "can": {verb.name.lower(): True for verb in opened.can},
        "line": case_line(opened, now),
        "timeline": told(opened),
        "lifted": lifted,
        "given": remedy.statements_in(opened.id, desk) if opened.decision else (),
        "acted_on": _acted_on(opened),
        "mine": opened.assignee_id == desk.member_id,
        "to_protect": protectables(opened),
        "others": [account for account in opened.accounts if not account.mine],
        "form_key": new_id(),
        "exposure": queries.exposure_for(desk),
        "elsewhere": queries.named_elsewhere(opened, desk) if opened.accounts else None,
        "typed": typed,
        "told_wrong": told_wrong,
        "now": now,
    }


def _acted_on(case: CaseView) -> bool:
    """Answer whether there is somebody to be told: against whom something was done, or for whom words were drafted."""
    drafted = case.decision is not None and bool(case.decision.words_for_acted_on.strip())
    return drafted or any(act.bundle is Bundle.RESTRAIN for act in case.acts)
