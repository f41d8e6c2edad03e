"""Secure or hide: what it costs first, then a proof, then the order; or a person is asked to do it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.rules import Want
from safeconduct.domains.cases.services import conversation as conversations
from safeconduct.domains.cases.services import protection
from safeconduct.domains.cases.views import ConversationView
from safeconduct.domains.safety.rules import FOR_THE_OWNER, Bundle, WhoElse, may_send_to_account
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.web.choices import Choice
from safeconduct.web.named import form_key, id_in
from safeconduct.web.portal import conversation, drawing, words
from safeconduct.web.refusals import words_for


@dataclass(frozen=True)
class Asked:
    """What a protection form says: which account, what to do with it, and who else can see it."""

    number: str
    account: AccountRef
    bundle: Bundle
    who_else_sees: WhoElse


def choose(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    """Ask which account, what to do with it, and who else can see it."""
    view = conversation.view_of(conversation.way_in(request))
    kept = {
        "account": request.POST.get("account", "0"),
        "bundle": request.POST.get("bundle", _wanted(view).value),
        "who_else_sees": request.POST.get("who_else_sees", view.who_else_sees.value),
    }
    named = [Choice(str(number), account.handle) for number, account in enumerate(view.accounts)]
    told = next((one.words for one in words.WHO_ELSE if one.value == kept["who_else_sees"]), "")
    context = {
        "named": named,
        "kept": kept,
        "choices": words,
        "fault": fault,
        # What the report has said is not asked a second time, only shown, to be changed.
        "told": "" if view.who_else_sees in {WhoElse.UNKNOWN, WhoElse.UNSAID} else told,
    }
    return drawing.page(request, "portal/protect.html", context)


def show_cost(request: HttpRequest, *, fault: str = "") -> HttpResponse:
    """Show what the bundle would cost on this account, and the ways to have it done."""
    asked, open_way = _asked(request), conversation.way_in(request)
    try:
        cost = protection.cost_for_reporter(
            open_way.holder_id, asked.account, asked.bundle, ring=open_way.ring, by=open_way.ring.actor
        )
    except (Refused, Unavailable) as refusal:
        return choose(request, fault=words_for(refusal))
    context = {"cost": cost, "fault": fault, **_form(asked), "key": new_id()}
    context["by_code"] = _may_use_code(asked) and cost.locks_by_code
    context["others"] = asked.who_else_sees.value
    return drawing.page(request, "portal/cost.html", context)


def send_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the account and ask for it."""
    asked, open_way = _asked(request), conversation.way_in(request)
    try:
        sent = protection.send_code(
            open_way.holder_id,
            account=asked.account,
            bundle=asked.bundle,
            who_else_sees=asked.who_else_sees,
            ring=open_way.ring,
            by=open_way.ring.actor,
            language=translation.get_language() or "en",
        )
    except (Refused, Unavailable) as refusal:
        return show_cost(request, fault=words_for(refusal))
    return _ask_for_code(request, asked, str(sent.code_id))


def check_code(request: HttpRequest) -> HttpResponse:
    """Take the code; if it is right, order at once what was asked for."""
    asked, open_way = _asked(request), conversation.way_in(request)
    code_id = request.POST.get("code_id", "")
    try:
        protection.check_code(
            open_way.holder_id,
            code_id=id_in(request, "code_id"),
            account=asked.account,
            bundle=asked.bundle,
            typed=request.POST.get("typed", ""),
            ring=open_way.ring,
            by=open_way.ring.actor,
        )
    except Refused as refusal:
        return _ask_for_code(request, asked, code_id, fault=words_for(refusal))
    return order(request)


def order(request: HttpRequest) -> HttpResponse:
    """Order the bundle. The same form sent twice is one order."""
    asked, open_way = _asked(request), conversation.way_in(request)
    try:
        protection.order_by_reporter(
            open_way.holder_id,
            account=asked.account,
            bundle=asked.bundle,
            who_else_sees=asked.who_else_sees,
            reason=_("Asked for in the conversation."),
            cost_shown=request.POST.get("shown", ""),
            key=form_key(request),
            ring=open_way.ring,
            by=open_way.ring.actor,
        )
    except (Refused, Unavailable) as refusal:
        return show_cost(request, fault=words_for(refusal))
    return conversation.back(request)


def ask_a_person(request: HttpRequest) -> HttpResponse:
    """Write to us, in the reporter's name, that a person should check and do it."""
    asked, open_way = _asked(request), conversation.way_in(request)
    wanted = _("Lock my account: %(name)s.") if asked.bundle is Bundle.SECURE_NOW else _("Hide my account: %(name)s.")
    others = next(choice.words for choice in words.WHO_ELSE if choice.value == asked.who_else_sees.value)
    text = f"{wanted % {'name': asked.account.handle}}\n{_('Who else can see this account or phone now?')} {others}"
    wish = Want.SECURE if asked.bundle is Bundle.SECURE_NOW else Want.HIDE
    conversations.say(
        open_way.holder_id,
        text,
        ring=open_way.ring,
        by=open_way.ring.actor,
        key=form_key(request),
        asks=conversations.Request(wish, asked.who_else_sees),
    )
    return conversation.back(request)


def undo(request: HttpRequest) -> HttpResponse:
    """Order that what was done is undone. It gives access back, so a proof must stand."""
    open_way = conversation.way_in(request)
    try:
        protection.undo_by_reporter(
            open_way.holder_id,
            id_in(request, "bundle_id"),
            reason=_("Asked for in the conversation."),
            ring=open_way.ring,
            by=open_way.ring.actor,
        )
    except (Refused, Unavailable) as refusal:
        return conversation.show(request, fault=words_for(refusal))
    return conversation.back(request)


def _ask_for_code(request: HttpRequest, asked: Asked, code_id: str, *, fault: str = "") -> HttpResponse:
    shown, key = request.POST.get("shown", ""), form_key(request)
    context = {"code_id": code_id, "fault": fault, "shown": shown, "key": key, **_form(asked)}
    return drawing.page(request, "portal/account_code.html", context)


def _asked(request: HttpRequest) -> Asked:
    bundle, others = request.POST.get("bundle", ""), request.POST.get("who_else_sees", "")
    number = request.POST.get("account", "")
    accounts = conversation.view_of(conversation.way_in(request)).accounts
    chosen = {str(place): each for place, each in enumerate(accounts)}.get(number)
    if chosen is None:
        raise NotAllowed
    return Asked(
        number=number,
        account=AccountRef(chosen.platform, chosen.handle),
        bundle=Bundle(bundle) if bundle in FOR_THE_OWNER else Bundle.SECURE_NOW,
        who_else_sees=WhoElse(others) if others in set(WhoElse) - {WhoElse.UNSAID} else WhoElse.UNKNOWN,
    )


def _form(asked: Asked) -> dict[str, Any]:
    hidden = {"account": asked.number, "bundle": asked.bundle.value, "who_else_sees": asked.who_else_sees.value}
    return {"hidden": hidden, "account": asked.account, "bundle": asked.bundle}


def _may_use_code(asked: Asked) -> bool:
    return asked.bundle is Bundle.SECURE_NOW and may_send_to_account(asked.who_else_sees)


def _wanted(view: ConversationView) -> Bundle:
    only_hide = Want.HIDE in view.answers.wants and Want.SECURE not in view.answers.wants
    return Bundle.HIDE if only_hide else Bundle.SECURE_NOW
