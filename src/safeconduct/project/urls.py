"""Every address, by audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from safeconduct.api import urls as api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/help"), name="home"),
    path("", include("safeconduct.web.portal.urls")),
    path("", include("safeconduct.web.entrance.urls")),
    path("", include("safeconduct.web.public.urls")),
    path("console/", include("safeconduct.web.console.urls")),
    path("partner/", include("safeconduct.web.partner.urls")),
    path("api/v1/", include(api.urlpatterns)),
]

if settings.DEMONSTRATION:
    urlpatterns.append(path("tour/", include("safeconduct.project.demonstration.urls")))

handler400 = "safeconduct.web.answers.not_understood"
handler403 = "safeconduct.web.answers.nothing_here"
handler404 = "safeconduct.web.answers.nothing_here"
handler500 = "safeconduct.web.answers.our_fault"
