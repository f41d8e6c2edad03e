"""The pages of the provider, and what it says in a token of how somebody signed in there."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251 - pages of its own
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.oauth2_validators import OAuth2Validator
from provider import FORM


class SaysHow(OAuth2Validator):  # type: ignore[misc] # it has no stubs
    """Says that Leyla showed a second factor there, and Ines did not."""

    oidc_claim_scope = None  # whatever is said here is said, whichever scope was asked for

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return {"amr": ["pwd", "mfa"] if request.user.username == "leyla.there" else ["pwd"]}


@csrf_exempt
def enter(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(FORM)
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse(FORM, status=403)
    login(request, user)
    return HttpResponseRedirect(request.GET["next"])


def close(request: HttpRequest, name: str) -> HttpResponse:
    User.objects.filter(username=name).update(is_active=False)
    return HttpResponse("closed")


urlpatterns = [path("o/", include("oauth2_provider.urls")), path("enter", enter), path("close/<str:name>", close)]
