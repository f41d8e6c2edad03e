"""Addresses of the partner pages, below ``/partner/``. None says what a case is about."""

from django.urls import URLPattern, path

from safeconduct.web.partner import appeals, case, cases, filing, programs

app_name = "partner"

urlpatterns: list[URLPattern] = [
    path("", cases.show, name="cases"),
    path("file", filing.file_report, name="file"),
    path("report/<uuid:report_id>", case.show, name="case"),
    path("report/<uuid:report_id>/say", case.say, name="say"),
    path("report/<uuid:report_id>/consent", case.consent, name="consent"),
    path("report/<uuid:report_id>/appeal", appeals.appeal, name="appeal"),
    path("report/<uuid:report_id>/appeal/add", appeals.add, name="add-to-appeal"),
    path("report/<uuid:report_id>/vouch", case.vouch, name="vouch"),
    path("report/<uuid:report_id>/proof.json", case.proof, name="proof"),
    path("report/<uuid:report_id>/file/<uuid:file_id>/picture", case.picture, name="picture"),
    path("report/<uuid:report_id>/file/<uuid:file_id>", case.file, name="attachment"),
    path("programs", programs.show, name="programs"),
    path("programs/token", programs.make_token, name="make-token"),
    path("programs/revoke", programs.revoke_token, name="revoke-token"),
    path("programs/bell", programs.set_hook, name="set-hook"),
]
