"""Keeping evidence: a copy of what a platform shows, a file, or words that somebody brings."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import copies, evidence
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.web import uploads
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import CopyMessageForm, KeepFileForm, KeepTextForm, SnapshotForm, trying
from safeconduct.web.console.marks import every_marked
from safeconduct.web.console.work import form_page
from safeconduct.web.sealing import AnyFileHandler
from safeconduct.web.templatetags.console import platform_name


# Which files a request may bring is settled before its form, and with it its token, is read: so the token is looked
# at one step further in.
@csrf_exempt
def keep(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Take any file here, sealed while it arrives; the portal takes pictures alone."""
    request.upload_handlers = [AnyFileHandler(request)]
    return _keep(request, case_id=case_id)


# The desk before the token: to look for the token is to read the body, and a stranger's file is never sealed to disk.
@for_staff
@csrf_protect
@form_page
def _keep(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    opened = queries.case_for(case_id, desk)
    forms = _forms(request, opened)
    keepers = {
        "copy": lambda said: evidence.take_snapshot(case_id, _account(opened, said), note=said["note"], desk=desk),
        "message": lambda said: copies.copy_message(case_id, **said, desk=desk),
        "file": lambda said: _keep_file(request, case_id, said["note"], desk),
        "text": lambda said: evidence.add_text(case_id, said["text"], note=said["note"], desk=desk),
    }
    go = request.POST.get("go", "")
    if go in keepers and trying(forms[go], keepers[go]):
        return redirect(f"/console/cases/{case_id}#evidence")
    page = {"case": opened, "forms": forms, "copies_messages": bool(copies.platforms_that_copy())}
    return render(request, "console/keep_evidence.html", page)


def _forms(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    named = [(one.mark, f"{one.account.handle}, {platform_name(one.account.platform)}") for one in every_marked(case)]
    go = request.POST.get("go", "")
    showing = [(platform, platform_name(platform)) for platform in copies.platforms_that_copy()]
    return {
        "message": CopyMessageForm(request.POST if go == "message" else None, platforms=showing, prefix="message"),
        "copy": SnapshotForm(request.POST if go == "copy" else None, accounts=named, prefix="copy"),
        "file": KeepFileForm(request.POST if go == "file" else None, prefix="file"),
        "text": KeepTextForm(request.POST if go == "text" else None, prefix="text"),
    }


def _account(case: CaseView, said: dict[str, Any]) -> AccountRef:
    for one in every_marked(case):
        if one.mark == said["account"]:
            return one.account
    raise NotAllowed


def _keep_file(request: HttpRequest, case_id: UUID, note: str, desk: Desk) -> None:
    arrived = uploads.arrived(request)
    if arrived.refused:
        raise Refused("evidence.not-taken", arrived.refused[0].sentence)
    if not arrived.files:
        raise Refused("evidence.no-file", "Choose a file first. An empty file is none.")
    file = arrived.files[0]
    evidence.add(case_id, file, note=note, desk=desk)
    uploads.hand_over(request, [file])
