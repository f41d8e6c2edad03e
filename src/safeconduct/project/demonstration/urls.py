"""Addresses of the tour, present in a demonstration only."""

from django.urls import path

from safeconduct.project.demonstration import tour

urlpatterns = [
    path("", tour.steps, name="tour"),
    path("as/<slug:who>/", tour.become, name="tour-as"),
    path("watch/", tour.watch, name="tour-watch"),
    path("theft/", tour.stolen, name="tour-theft"),
    path("theft/everything.zip", tour.carried_away, name="tour-carried-away"),
    path("connect/", tour.connect, name="tour-connect"),
]
