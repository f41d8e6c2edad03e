"""Addresses of the partner pages, below ``/partner/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
