"""The name under which Django knows this package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tables are called ``audit_...``."""

    name = "safeconduct.audit"
    label = "audit"
