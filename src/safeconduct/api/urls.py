"""Addresses of HTTP v1, below ``/api/v1/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
