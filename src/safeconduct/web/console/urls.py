"""Addresses of the console. They carry opaque ids and nothing else."""

from django.urls import path

from safeconduct.web.console import (
    acts,
    calls,
    case,
    conversation,
    decision,
    entry,
    floods,
    pictures,
    queue,
    veil,
    work,
)

app_name = "console"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("changes", queue.changes, name="changes"),
    path("next", queue.take_next, name="take-next"),
    path("cases/<uuid:case_id>", case.case, name="case"),
    path("cases/<uuid:case_id>/open", veil.lift, name="veil"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/picture", pictures.picture, name="picture"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/original", pictures.original, name="original"),
    path("cases/<uuid:case_id>/take", work.take, name="take"),
    path("cases/<uuid:case_id>/hand-over", work.hand_over, name="hand-over"),
    path("cases/<uuid:case_id>/step-back", work.step_back, name="step-back"),
    path("cases/<uuid:case_id>/severity", work.assess, name="assess"),
    path("cases/<uuid:case_id>/link", work.link, name="link"),
    path("cases/<uuid:case_id>/notes", work.note, name="note"),
    path("cases/<uuid:case_id>/summary", work.summarise, name="summarise"),
    path("cases/<uuid:case_id>/mitigated", work.mitigated, name="mitigated"),
    path("cases/<uuid:case_id>/answer", conversation.answer, name="answer"),
    path("cases/<uuid:case_id>/decide", decision.decide, name="decide"),
    path("cases/<uuid:case_id>/close", decision.close, name="close"),
    path("cases/<uuid:case_id>/restrict", decision.restrict, name="restrict"),
    path("cases/<uuid:case_id>/acts/<str:bundle>", acts.order, name="order"),
    path("cases/<uuid:case_id>/orders/<uuid:order_id>", acts.watch, name="watch"),
    path("cases/<uuid:case_id>/orders/<uuid:order_id>/undo", acts.undo, name="undo"),
    path("cases/<uuid:case_id>/orders/<uuid:order_id>/confirm", acts.confirm, name="confirm"),
    path("cases/<uuid:case_id>/orders/<uuid:order_id>/look", acts.look_again, name="look-again"),
    path("alike/<uuid:group_id>", floods.lower, name="flood"),
    path("calls", calls.calls, name="calls"),
    path("calls/address", calls.set_address, name="pager-address"),
    path("calls/trial", calls.try_out, name="pager-trial"),
    path("calls/number", calls.confirm, name="pager-number"),
    path("calls/<uuid:page_id>", calls.acknowledge, name="acknowledge"),
    path("door", entry.entry, name="entry"),
    path("door/invitation", entry.invite, name="invite"),
    path("door/flood", entry.say_flood, name="say-flood"),
]
