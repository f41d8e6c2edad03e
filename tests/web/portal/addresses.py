"""The portal's addresses alone, as a process that serves only the portal has them."""

from safeconduct.web.portal.urls import urlpatterns

__all__ = ["urlpatterns"]

handler400 = "safeconduct.web.answers.not_understood"
handler403 = "safeconduct.web.answers.nothing_here"
handler404 = "safeconduct.web.answers.nothing_here"
handler500 = "safeconduct.web.answers.our_fault"
