"""The two addresses a reporter can ever have in a browser's history, and the plain page that leaving ends at."""

from django.urls import path

from safeconduct.web.portal import leave, views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("leave", leave.leave, name="leave"),
    path("leave/weather", leave.weather, name="weather"),
]
