"""Addresses of the public pages."""

from django.urls import path, register_converter

from safeconduct.web.public import numbers


class PeriodConverter:
    """A period's name in an address, such as ``2026-10`` or ``2026-10_2026-12``."""

    regex = r"\d{4}-\d{2}(?:_\d{4}-\d{2})?"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(PeriodConverter, "period")

app_name = "public"

urlpatterns = [
    path("numbers", numbers.newest, name="numbers"),
    path("numbers/<period:period>", numbers.period, name="period"),
    path("numbers/<period:period>.json", numbers.as_json, name="period-json"),
    path("numbers/<period:period>.csv", numbers.as_csv, name="period-csv"),
    path("numbers/<period:period>.proof.json", numbers.proof, name="period-proof"),
]
