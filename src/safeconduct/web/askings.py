"""How far an asking is, in words: the defender and the colleague who asked read the same."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.domains.defenders.rules import Stage

__all__ = ["ASKING", "Stage"]

ASKING: Mapping[Stage, str | Promise] = {
    Stage.WAITING: _("Waiting, not read"),
    Stage.APPROVED: _("Approved, not read yet"),
    Stage.READ: _("Read"),
    Stage.REFUSED: _("Refused, not read"),
    Stage.WITHDRAWN: _("Withdrawn, not read"),
    Stage.LAPSED: _("Lapsed, not read"),
}
