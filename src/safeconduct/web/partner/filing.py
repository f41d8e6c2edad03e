"""Filing a report for somebody, and handing on the code that is shown once."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.door import Lane, door
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import Origin
from safeconduct.domains.partners.rules import Term, check_term
from safeconduct.domains.partners.views import OrganisationView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.web import choices, uploads
from safeconduct.web.partner import forms, words
from safeconduct.web.partner.doors import for_partners
from safeconduct.web.partner.forms import Form


@for_partners
@require_http_methods(["GET", "POST"])
def file_report(request: HttpRequest, desk: Desk, organisation: OrganisationView) -> HttpResponse:
    """Show the form, or keep the report and show its code."""
    check_term(organisation.footing, Term.FILE, clock.now().date())
    if request.method == "GET":
        return _form(request, organisation, forms.fresh())
    form, arrived = forms.received(request), uploads.arrived(request)
    if form.empty:
        return _form(request, organisation, form, fault=_("Write what happened, or name an account."))
    if arrived.refused:
        return _form(request, organisation, form, fault=" ".join(one.sentence for one in arrived.refused))
    return _filed(request, desk, organisation, form, arrived)


def _filed(
    request: HttpRequest, desk: Desk, organisation: OrganisationView, form: Form, arrived: uploads.Arrived
) -> HttpResponse:
    if desk.organisation is None:
        raise NotAllowed
    origin = Origin.partner(desk.organisation, name=organisation.name, reference=form.reference, actor=desk.actor)
    try:
        with door.turn(Lane.PARTNER):
            receipt = intake.file_report(forms.answers_of(form), nonce=form.nonce, files=arrived.files, by=origin)
    except (Refused, Unavailable) as fault:
        return _form(request, organisation, form, fault=fault.sentence)
    uploads.hand_over(request, arrived.files)
    context = {
        "organisation": organisation,
        "receipt": receipt,
        "severity": words.SEVERITIES[receipt.severity],
        "lines": receipt.code.lines,
        "page": "file",
    }
    return render(request, "partner/filed.html", context)


def _form(request: HttpRequest, organisation: OrganisationView, form: Form, *, fault: str = "") -> HttpResponse:
    context = {
        "organisation": organisation,
        "form": form,
        "kept": form.kept,
        "fault": fault,
        "happened": words.HAPPENED,
        "danger": words.DANGER,
        "wants": words.WANTS,
        "who_else": words.WHO_ELSE,
        "platforms": choices.platforms(),
        "countries": choices.countries(accounts.countries_of_staff()),
        "page": "file",
    }
    return render(request, "partner/file.html", context, status=HTTPStatus.CONFLICT if fault else HTTPStatus.OK)
