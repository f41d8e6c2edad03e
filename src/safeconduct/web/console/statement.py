"""Reasons for the person acted on: checked for what must not stand in them, then sent, or shown to be handed over."""

from datetime import UTC, date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, translation
from django.utils.translation import get_language_info

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.connectors.registry import connector_for, platforms
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.remedy import queries as remedy
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.rules import Automated, Ground, Restriction, Said
from safeconduct.domains.remedy.values import Given
from safeconduct.kernel.ids import new_id
from safeconduct.web import nonces
from safeconduct.web.console.doors import for_staff
from safeconduct.web.console.forms import trying
from safeconduct.web.console.forms.reviewing import StatementForm
from safeconduct.web.console.work import form_page


@for_staff
@form_page
def statement(request: HttpRequest, desk: Desk, case_id: UUID) -> HttpResponse:
    """Give reasons to somebody acted on. By hand, the page that follows holds their code, and no other page will."""
    opened = queries.case_for(case_id, desk)
    form = StatementForm(
        request.POST or None, languages=_languages(), platforms=_platforms(), initial=_begin_with(opened)
    )
    given: list[Given | None] = []
    if trying(form, lambda said: given.append(_give(case_id, said, desk))):
        if given[0] is None:
            return redirect("console:statement", case_id)
        return render(request, "console/statement_given.html", {"case": opened, "given": given[0], "said": form.data})
    page = {"case": opened, "form": form, "before": remedy.statements_in(case_id, desk)}
    return render(request, "console/statement.html", page)


def _begin_with(case: CaseView) -> dict[str, object]:
    reachable = platforms()
    named = [account for account in case.accounts if not account.mine and account.platform in reachable]
    one = named[0] if len(named) == 1 else None
    # By notice unless somebody chooses otherwise: then nobody here reads the code.
    platform = one.platform if one else next(iter(reachable), "")
    drafted = case.decision.words_for_acted_on if case.decision else ""
    begun = {"platform": platform, "handle": one.handle if one else "", "facts": drafted}
    # No language: the one of the report would tell the person acted on who wrote to us.
    return {"nonce": nonces.written(nonces.fresh()), "key": new_id(), **begun, **_suspended(case)}


def _suspended(case: CaseView) -> dict[str, object]:
    """Return what the newest suspension that stands says by itself: whose account it is, and until which day."""
    standing = [act for act in case.acts if act.ends_at and act.can_undo and act.account.platform in platforms()]
    if not standing:
        return {}
    newest = standing[-1]
    return {
        "restriction": Restriction.ACCOUNT_SUSPENDED.value,
        "until": newest.ends_at.astimezone(UTC).date() if newest.ends_at else None,
        "platform": newest.account.platform,
        "handle": newest.account.handle,
    }


def _platforms() -> list[tuple[str, str]]:
    return [(each, connector_for(each).name) for each in platforms()]


def _give(case_id: UUID, said: dict[str, Any], desk: Desk) -> Given | None:
    """Send what was written, or return it where it is to be handed over."""
    if said["platform"]:
        to = AccountRef(said["platform"], said["handle"].strip())
        key = said["key"] or new_id()
        services.send_statement(case_id, _words(said), to, desk, key=key, language=said["language"])
        return None
    nonce = nonces.read_or_fresh(said["nonce"])
    return services.give_statement(case_id, _words(said), desk, nonce=nonce, language=said["language"])


def _words(said: dict[str, Any]) -> Said:
    return Said(
        restriction=Restriction(said["restriction"]),
        what=said["what"],
        facts=said["facts"],
        ground=Ground(said["ground"]),
        rule=said["rule"],
        automated=Automated(said["automated"]),
        where=said["where"],
        until=_day(said["until"], said["language"]),
    )


def _day(day: date | None, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "j F Y") if day else ""


def _languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES]
