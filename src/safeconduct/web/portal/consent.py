"""Yes or no to passing a report on: only the reporter says it, and may say otherwise until it has gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safeconduct.domains.cases.services import general
from safeconduct.kernel.errors import Refused
from safeconduct.web.portal import conversation
from safeconduct.web.refusals import words_for


def answer(*, agreed: bool) -> Callable[[HttpRequest], HttpResponse]:
    """Return the page that takes one of the two answers."""

    def taken(request: HttpRequest) -> HttpResponse:
        open_way = conversation.way_in(request)
        try:
            mark = request.POST.get("question", "")
            general.answer(open_way.holder_id, agreed=agreed, mark=mark, ring=open_way.ring, by=open_way.ring.actor)
        except Refused as refusal:
            return conversation.show(request, fault=words_for(refusal))
        return conversation.back(request)

    return taken
