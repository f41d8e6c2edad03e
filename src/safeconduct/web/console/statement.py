"""Reasons for the person acted on: written once, checked for what must not stand in it, shown to be handed over."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_info

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.rules import Automated, Ground, Restriction, Said
from safeconduct.domains.remedy.values import Given
from safeconduct.web import nonces
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.reviewing import StatementForm
from safeconduct.web.console.work import form_page


@for_staff
@form_page
def statement(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Give reasons to somebody acted on; the page that follows holds their code, and no other page ever will."""
    opened = queries.case_for(case_id, desk)
    fresh = {"nonce": nonces.written(nonces.fresh()), "language": opened.language}
    form = StatementForm(request.POST or None, languages=_languages(), initial=fresh)
    given: list[Given] = []
    if trying(form, lambda said: given.append(_give(case_id, said, desk))):
        return render(request, "console/statement_given.html", {"case": opened, "given": given[0], "said": form.data})
    return render(request, "console/statement.html", {"case": opened, "form": form})


def _give(case_id: UUID, said: dict[str, Any], desk: Desk) -> Given:
    words = Said(
        restriction=Restriction(said["restriction"]),
        what=said["what"],
        facts=said["facts"],
        ground=Ground(said["ground"]),
        rule=said["rule"],
        automated=Automated(said["automated"]),
        where=said["where"],
        until=said["until"],
    )
    return services.give_statement(
        case_id, words, desk, nonce=nonces.read_or_fresh(said["nonce"]), language=said["language"]
    )


def _languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES]
