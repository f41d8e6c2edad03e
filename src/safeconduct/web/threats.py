"""What each kind of attack is called, by staff and in public figures alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules import Threat

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

THREATS: Final[Mapping[str, "_StrPromise"]] = {
    Threat.T1: _("Surveillance"),
    Threat.T2: _("Harassment"),
    Threat.T3: _("Smear campaign"),
    Threat.T4: _("Disinformation"),
    Threat.T5: _("Private details made public"),
    Threat.T6: _("Silencing"),
    Threat.T7: _("Internet shutdown"),
    Threat.T8: _("Attack on an account or device"),
    Threat.T9: _("Threat to life or liberty"),
    Threat.T10: _("Gendered harm"),
    Threat.T11: _("Impersonation"),
    Threat.T12: _("Legal pressure"),
}
