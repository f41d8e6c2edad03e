"""Accepting an invitation: words in, keys made, everything shown once."""

import io
from datetime import timedelta
from http import HTTPStatus

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.accounts import queries, second_factor, services
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.web import sessions

JOINING_COOKIE = sessions.DESK_COOKIE.replace("desk", "joining")
PICTURE_LASTS = timedelta(minutes=10)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for the words; then show what is the person's own, once."""
    if request.method != "POST":
        return render(request, "entrance/invitation.html")
    try:
        joining = services.accept_invitation(request.POST.get("words", ""))
    except NotAllowed:
        return render(request, "entrance/invitation.html", {"wrong": True}, status=HTTPStatus.FORBIDDEN)
    except Unavailable:
        return render(request, "entrance/invitation.html", {"busy": True}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    shown = {
        "sign_in_name": joining.sign_in_name,
        "words": joining.passphrase.split(),
        "letters": second_factor.grouped(joining.second_factor_secret),
    }
    response = render(request, "entrance/keep.html", shown)
    # The picture is a file of its own, because pages may hold no embedded images; its address must say nothing.
    made = services.open_joining(joining.member_id, joining.second_factor_secret, PICTURE_LASTS)
    sessions.give(response, JOINING_COOKIE, made.cookie)
    return response


@sensitive_variables()
@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """Draw the second factor as a QR code, for ten minutes and for whoever just accepted an invitation."""
    joining = services.joining_secret(request.COOKIES.get(JOINING_COOKIE, ""))
    if joining is None:
        raise NotAllowed
    member_id, secret = joining
    name = queries.sign_in_names_for([member_id]).get(member_id, "")
    return HttpResponse(drawn(second_factor.address_for_app(secret, name)), content_type="image/svg+xml")


def drawn(address: str) -> bytes:
    """Return a QR code as an SVG file: dark on white in light and dark mode alike, or phones cannot read it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=6, border=4, dark="#10242b", light="#ffffff", svgclass=None, lineclass=None)
    return out.getvalue()
