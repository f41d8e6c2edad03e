"""Looking for a case. What is looked for travels in the form's body alone: in no address, no log and no entry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import searching
from safeconduct.domains.cases.views import QueueRow
from safeconduct.domains.early_warning.queries import state_of_index
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.looking import ByAccountForm, ByReferenceForm, ByWordsForm, Looking

BY: dict[str, type[Looking]] = {each.by: each for each in (ByAccountForm, ByReferenceForm, ByWordsForm)}


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the ways to look, and what was found by the one that was used."""
    by = request.POST.get("by", "")
    forms = {name: form(request.POST if name == by else None) for name, form in BY.items()}
    found: list[QueueRow] = []
    looked = by in forms and trying(forms[by], lambda said: found.extend(_found(by, said, desk)))
    shown = {
        "here_is": "search",
        "forms": list(forms.items()),
        "looked": looked,
        "by_account": by == ByAccountForm.by,
        "rows": found,
        "index": state_of_index(),
    }
    return render(request, "console/search.html", shown)


def _found(by: str, said: dict[str, str], desk: Desk) -> list[QueueRow]:
    if by == "account":
        return searching.cases_by_account(said["handle"], said["platform"], desk)
    if by == "reference":
        return searching.cases_by_reference(said["reference"], desk)
    return queries.my_cases_saying(said["words"], desk)
