"""One address for all a reporter does. What a form wants stands in its body, so no history tells pages apart."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from safeconduct.web import elsewhere, sessions
from safeconduct.web.portal import appeal, attached, code, consent, conversation, naming, protection, report
from safeconduct.web.portal.start import start
from safeconduct.web.portal.steps import ROAD, Step

Page = Callable[[HttpRequest], HttpResponseBase]

# Before there is a case there is no cookie, so no token can guard these forms: the nonce in the form stands alone, and
# makes the same form one report. Another site could put a nonce or a case code of its own into a form, have a defender
# write under it, and read along. So a form that another site sent is never read.
OPEN_PAGES: Mapping[str, Page] = {
    "report": report.begin(Step.HAPPENED),
    "danger": report.begin(Step.DANGER),
    "lock": report.begin(Step.LOCK),
    "on": report.go_on,
    "back": report.go_back,
    "stay": report.stay,
    "last": report.jump(Step.SEND),
    **{f"to-{step.value}": report.jump(step) for step in ROAD},
    "send": report.send,
    "code": code.ask,
    "enter": code.enter,
    "appeal-with-code": appeal.send_with_code,
}

# Inside a conversation a cookie speaks for the reporter, so each form carries a token against forged ones.
CONVERSATION_PAGES: Mapping[str, Page] = {
    "say": conversation.say,
    "forget": conversation.forget,
    "feedback": conversation.give_feedback,
    "agree": consent.answer(agreed=True),
    "decline": consent.answer(agreed=False),
    "shut": conversation.shut,
    "close": conversation.ask_to_close,
    "close-for-good": conversation.close_for_good,
    "protect": protection.choose,
    "cost": protection.show_cost,
    "code-to-account": protection.send_code,
    "check-code": protection.check_code,
    "order": protection.order,
    "ask-a-person": protection.ask_a_person,
    "undo": protection.undo,
    "name": naming.show,
    "name-keep": naming.keep,
    "name-forget": naming.forget,
    "look": attached.look,
    "save": attached.save,
    "disagree": appeal.ask,
    "send-appeal": appeal.send,
    "add-to-appeal": appeal.add,
}

# The person acted on has a code of their own, which opens their appeal and nothing of any case.
APPEAL_PAGES: Mapping[str, Page] = {"add-to-appeal": appeal.add, "shut": conversation.shut}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def help_page(request: HttpRequest) -> HttpResponseBase:
    """Answer at the one address: a conversation for whoever has one open, otherwise the way in."""
    if request.method == "POST" and elsewhere.posted_from_elsewhere(request):
        return start(request)
    go = request.POST.get("go", "") if request.method == "POST" else ""
    if go in OPEN_PAGES:
        return OPEN_PAGES[go](request)
    if sessions.way_in_of(request) is not None and request.method == "GET" and "look" in request.GET:
        return attached.picture(request)
    if sessions.way_in_of(request) is None:
        return code.lapsed(request) if go in CONVERSATION_PAGES else start(request)
    if appeal.is_of_an_appeal(sessions.way_in_of(request)):
        return _protected(APPEAL_PAGES.get(go, appeal.show))(request)
    return _protected(CONVERSATION_PAGES.get(go, conversation.show))(request)


def _protected(page: Page) -> Page:
    @csrf_protect
    def guarded(request: HttpRequest) -> HttpResponseBase:
        return page(request)

    return guarded
