"""Closing a period: a lead chooses how long it was, sees to the letter what will be published, and publishes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safeconduct.accounts.values import Desk
from safeconduct.domains.transparency import queries, services
from safeconduct.domains.transparency.rules import Month
from safeconduct.kernel.errors import Refused
from safeconduct.web.console.doors import for_staff
from safeconduct.web.figures.drawn import drawn
from safeconduct.web.figures.times import period_words


@for_staff
@require_safe
def numbers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show which periods can be closed, and what the chosen one would publish."""
    closable = [(str(period.last), period_words(period)) for period in queries.closable_for(desk)]
    published = [(one.document.period, period_words(one.period)) for one in queries.published()]
    page = {"here_is": "numbers", "closable": closable, "published": published, "chosen": request.GET.get("last", "")}
    return render(request, "console/numbers.html", page | _preview(page["chosen"], desk))


@for_staff
@require_POST
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Close the period as it was shown, and say that it is public now."""
    last = Month.parse(request.POST.get("last", ""))
    services.close_period(last, desk, shown=request.POST.get("shown", ""))
    return redirect("console:numbers")


def _preview(last: object, desk: Desk) -> dict[str, object]:
    if not last:
        return {}
    try:
        shown = services.preview(Month.parse(str(last)), desk)
    except Refused as refusal:
        return {"refusal": refusal.sentence}
    return {"drawn": drawn(shown), "shown": shown.fingerprint}
