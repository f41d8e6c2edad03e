"""The two addresses a reporter can ever have in a browser's history."""

from django.urls import path
from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
