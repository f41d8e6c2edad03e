"""One colleague, for leads: joining a team, a new way in, leaving. Each says first what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts import queries, services
from safeconduct.accounts.services import Agreement
from safeconduct.accounts.values import Desk, MemberKind, MemberView, TeamView
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.web.asked import trying
from safeconduct.web.entrance.forms import AgreementForm
from safeconduct.web.entrance.leads import agreement, agreement_form, for_leads
from safeconduct.web.entrance.people import handed_over, named_teams, staff_teams


@dataclass(frozen=True)
class Tried:
    """Whether it was done; if not, the sentence against it, empty where it stands in the form."""

    done: bool
    sentence: str = ""


@for_leads
@require_safe
def person(request: HttpRequest, desk: Desk, member_id: UUID) -> HttpResponse:
    """Show what is known of a colleague, and what a lead may do."""
    return _page(request, desk, _member(desk, member_id))


@for_leads
@require_POST
def join(request: HttpRequest, desk: Desk, member_id: UUID) -> HttpResponse:
    """Plan one team more for a colleague."""
    one = _member(desk, member_id)
    wanted = next((team for team in _open_teams(desk, one) if str(team.id) == request.POST.get("team")), None)
    if wanted is None:
        raise NotAllowed
    services.join_team(one.id, wanted.id, by=desk)
    return HttpResponseRedirect(reverse("entrance:person", args=[one.id]))


@sensitive_post_parameters()
@sensitive_variables()
@for_leads
@require_POST
def new_words(request: HttpRequest, desk: Desk, member_id: UUID) -> HttpResponse:
    """Close a colleague's old way in and show the words of a new one, once."""
    one = _member(desk, member_id)
    made: list[str] = []

    def act(agreed: Agreement | None) -> None:
        made.append(services.replace_lost_passphrase(one.id, by=desk, agreement=agreed))

    form = agreement_form(request, one.id)
    if not (tried := _tried(form, act)).done:
        return _page(request, desk, one, words_form=form, refused=tried.sentence, status=HTTPStatus.CONFLICT)
    return handed_over(request, made[0], one.display_name)


@sensitive_post_parameters()
@sensitive_variables()
@for_leads
@require_POST
def remove(request: HttpRequest, desk: Desk, member_id: UUID) -> HttpResponse:
    """Put a colleague out. Their teams have new keys then, of which the lead sees nothing."""
    one = _member(desk, member_id)

    def act(agreed: Agreement | None) -> None:
        services.remove_member(one.id, by=desk, agreement=agreed)

    form = agreement_form(request, one.id)
    if not (tried := _tried(form, act)).done:
        return _page(request, desk, one, leave_form=form, refused=tried.sentence, status=HTTPStatus.CONFLICT)
    shown = {"here_is": "people", "name": one.display_name, "teams": bool(one.team_ids)}
    return render(request, "entrance/put_out.html", shown)


def _tried(form: AgreementForm | None, act: Callable[[Agreement | None], None]) -> Tried:
    """Do it, with a custodian's agreement where one is needed."""
    if form is not None:

        def agreed(_: object) -> None:
            with agreement(form) as given:
                act(given)

        return Tried(done=trying(form, agreed))
    try:
        act(None)
    except Refused as fault:
        return Tried(done=False, sentence=fault.sentence)
    return Tried(done=True)


def _member(desk: Desk, member_id: UUID) -> MemberView:
    found = next((one for one in queries.members_for(desk) if one.id == member_id), None)
    if found is None:
        raise NotAllowed
    return found


def _open_teams(desk: Desk, one: MemberView) -> list[TeamView]:
    if one.kind is MemberKind.PARTNER:
        return []
    return [team for team in staff_teams(queries.teams_for(desk)) if team.id not in one.team_ids]


def _page(
    request: HttpRequest,
    desk: Desk,
    one: MemberView,
    *,
    words_form: AgreementForm | None = None,
    leave_form: AgreementForm | None = None,
    refused: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    blank = agreement_form(request, one.id) is not None
    values = {
        "here_is": "people",
        "one": one,
        "myself": one.id == desk.member_id,
        "teams": named_teams(one, queries.teams_for(desk)),
        "open_teams": _open_teams(desk, one),
        "words_form": words_form or (AgreementForm(auto_id="words_%s") if blank else None),
        "leave_form": leave_form or (AgreementForm(auto_id="leave_%s") if blank else None),
        "refused": refused,
        "alone": queries.opened_by_them_alone(one.id) if status is HTTPStatus.CONFLICT else None,
    }
    return render(request, "entrance/person.html", values, status=status)
