"""Writing down an account that a reporter named only in words, and taking it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.accounts.values import Desk
from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import writing_down
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.naming import WriteDownForm
from safeconduct.web.console.marks import account_marked
from safeconduct.web.console.work import form_page
from safeconduct.web.templatetags.console import platform_name


@for_staff
@form_page
def write_down(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Write down an account, once the platform was asked whether it knows it. Its name stands in no address."""
    opened = queries.case_for(case_id, desk)
    form = _form(request, opened)
    if trying(form, lambda said: _write(opened, said, desk)):
        return redirect(f"/console/cases/{case_id}#accounts")
    return render(request, "console/write_down.html", {"case": opened, "form": form})


def _form(request: HttpRequest, case: CaseView) -> WriteDownForm:
    return WriteDownForm(
        request.POST or None,
        reports=[report.id for report in case.reports],
        platforms=[(platform, platform_name(platform)) for platform in registry.platforms()],
    )


def _write(case: CaseView, said: dict[str, Any], desk: Desk) -> None:
    account = AccountRef(said["platform"], said["handle"])
    writing_down.write_down(case.id, UUID(said["report"]), account, source=said["source"], desk=desk)


@for_staff
@require_POST
def take_back(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Take back an account that was written down."""
    opened = queries.case_for(case_id, desk)
    account = account_marked(opened, request.POST.get("account", ""))
    writing_down.take_back(case_id, _report_of(opened, account), account, desk)
    return redirect(f"/console/cases/{case_id}#accounts")


def _report_of(case: CaseView, account: AccountRef) -> UUID:
    for report in case.reports:
        for one in report.answers.accounts:
            if one.written_by and (one.platform, one.handle) == (account.platform, account.handle):
                return report.id
    raise NotAllowed
