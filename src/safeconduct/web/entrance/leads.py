"""Who may see and change who works here, and a custodian's agreement given at the same screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk, Role
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.web.entrance.forms import AgreementForm
from safeconduct.web.sessions import Page, for_members

NOT_AGREED = "This custodian's name, words and code do not belong together. Nothing was changed."


def for_leads(page: Page) -> Page:
    """Hand the page its ``desk``. Strangers go to the sign-in page; whoever is no lead finds nothing."""

    @wraps(page)
    def guarded(request: HttpRequest, desk: Desk, *rest: object, **named: object) -> HttpResponseBase:
        desk.must(Role.LEAD)
        return page(request, desk, *rest, **named)

    return for_members(guarded)


def agreement_form(request: HttpRequest, member_id: UUID) -> AgreementForm | None:
    """Return what a custodian has to fill in, or None where none must agree."""
    if not services.needs_custodian(member_id):
        return None
    return AgreementForm(request.POST if request.method == "POST" else None)


@contextmanager
def agreement(form: AgreementForm | None) -> Iterator[services.Agreement | None]:
    """Sign the custodian in for as long as the one act takes."""
    if form is None:
        yield None
        return
    said = form.cleaned_data
    try:
        made = services.sign_in(said["custodian"], said["words"], said["code"], in_person=True)
    except NotAllowed:
        raise Refused("agreement.wrong", NOT_AGREED) from None
    try:
        desk = services.session_from(made.cookie)
        if not isinstance(desk, Desk):
            raise NotAllowed
        yield services.Agreement(desk, said["words"])
    finally:
        services.end_session(made.cookie)
