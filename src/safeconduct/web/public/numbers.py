"""The public numbers: closed periods only, the same figures as page, as JSON and as CSV, and the proof of the file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.domains.transparency import queries
from safeconduct.domains.transparency.rules import LARGEST_HIDDEN, documents
from safeconduct.domains.transparency.views import Published
from safeconduct.web.figures.drawn import drawn
from safeconduct.web.figures.times import period_words

JSON = "application/json; charset=utf-8"


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """Show the newest closed period, or say that there is none yet."""
    every = queries.published()
    return _page(request, every[0], every) if every else render(request, "public/no_numbers.html")


@require_safe
def period(request: HttpRequest, period: str) -> HttpResponse:
    """Show one closed period."""
    return _page(request, queries.published_period(period), queries.published())


@require_safe
def as_json(request: HttpRequest, period: str) -> HttpResponse:  # noqa: ARG001 - the address says all there is to say
    """Send the file whose bytes the record vouches for."""
    return HttpResponse(queries.published_period(period).text, content_type=JSON)


@require_safe
def as_csv(request: HttpRequest, period: str) -> HttpResponse:  # noqa: ARG001 - the same
    """Send the same figures for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="numbers-{period}.csv"'}
    text = documents.as_csv(queries.published_period(period).document)
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def proof(request: HttpRequest, period: str) -> HttpResponse:  # noqa: ARG001 - the same
    """Send the proof that the file stands unchanged in the signed record."""
    return HttpResponse(queries.proof_of(queries.published_period(period)), content_type=JSON)


def _page(request: HttpRequest, shown: Published, every: list[Published]) -> HttpResponse:
    others = [(one.document.period, period_words(one.period)) for one in every if one.fingerprint != shown.fingerprint]
    page = {"drawn": drawn(shown), "document": shown.document, "words": period_words(shown.period), "others": others}
    return render(request, "public/numbers.html", page | {"few": LARGEST_HIDDEN})
