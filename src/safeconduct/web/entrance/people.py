"""Who works here, for leads: everybody with how their entry stands, the teams, and inviting someone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk, MemberView, Standing, TeamKind, TeamView
from safeconduct.web.asked import trying
from safeconduct.web.entrance.forms import InviteForm
from safeconduct.web.entrance.leads import for_leads

# Whoever needs somebody to do something comes first.
ORDER = [Standing.CHANGED, Standing.WAITING, Standing.INVITED, Standing.READY]


@for_leads
@require_safe
def everyone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show everybody who works here, and every team."""
    people = sorted(queries.members_for(desk), key=lambda one: ORDER.index(one.standing))
    teams = queries.teams_for(desk)
    standings = [one.standing for one in people] + [team.standing for team in teams]
    values = {
        "here_is": "people",
        "people": [(one, named_teams(one, teams)) for one in people],
        "teams": [(team, _holders(team, people)) for team in teams],
        "rekeys": queries.rekeys_under_way(),
        "waiting": standings.count(Standing.WAITING),
        "changed": standings.count(Standing.CHANGED),
    }
    return render(request, "entrance/people.html", values)


@sensitive_variables()
@for_leads
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask about someone new; then show the words to hand over, once."""
    form = InviteForm(request.POST if request.method == "POST" else None, teams=staff_teams(queries.teams_for(desk)))
    words: list[str] = []
    if request.method == "POST" and trying(
        form, lambda _: words.append(services.invite_member(form.person(), by=desk))
    ):
        return handed_over(request, words[0], form.person().display_name)
    return render(request, "entrance/invite.html", {"here_is": "people", "form": form})


def handed_over(request: HttpRequest, words: str, name: str) -> HttpResponse:
    """Show one-time words, here and nowhere again."""
    return render(request, "entrance/hand_over_words.html", {"here_is": "people", "words": words.split(), "name": name})


def staff_teams(teams: tuple[TeamView, ...]) -> list[TeamView]:
    """Return the teams that staff may be in. Organisations' members come in by ``safeconduct partners``."""
    return [team for team in teams if team.kind is not TeamKind.PARTNER]


def named_teams(one: MemberView, teams: tuple[TeamView, ...]) -> list[tuple[TeamView, bool]]:
    """Return the teams someone is meant to be in, each with whether they hold its key."""
    return [(team, one.id in team.member_ids) for team in teams if team.id in one.team_ids]


def _holders(team: TeamView, people: list[MemberView]) -> list[str]:
    return sorted(one.display_name for one in people if one.id in team.member_ids)
