"""A demand locked for one change, opened, and written back."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.papers import KEPT, Kept
from safeconduct.domains.demands.queries import check_staff, reachable
from safeconduct.domains.demands.rules import Stage, check_handler, check_open
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Opened
from safeconduct.vault import services as vault


@dataclass
class Held:
    """A demand that is being changed."""

    row: Demand
    desk: Desk
    opened: Opened = field(repr=False)
    kept: Kept = field(repr=False)

    @property
    def stage(self) -> Stage:
        """Return where it stands."""
        return Stage(self.row.stage)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Kept
        """Change what is sealed of it; the caller saves."""
        self.kept = replace(self.kept, **changes)

    def save(self, action: str) -> None:
        """Seal it anew, write it back and record what was done."""
        self.row.revision += 1
        self.row.sealed = KEPT.seal(self.kept, self.opened, self.row.id, self.row.revision)
        self.row.save()
        audit.record(self.desk.actor, action, self.row.id)


def held(demand_id: UUID, desk: Desk, *, why: str) -> Held:
    """Lock and open a demand; ``NotAllowed`` alike when it is missing and when this desk cannot open it."""
    check_staff(desk)
    row = reachable(desk.ring).select_for_update().filter(pk=demand_id).first()
    if row is None:
        raise NotAllowed
    opened = vault.open_one(row.envelope, ring=desk.ring, why=why)
    return Held(row, desk, opened, KEPT.read(row.sealed, opened, row.id, row.revision))


def held_by_handler(demand_id: UUID, desk: Desk, *, why: str) -> Held:
    """Lock and open an unanswered demand for whoever works on it."""
    found = held(demand_id, desk, why=why)
    check_handler(mine=found.row.handler == desk.member_id)
    check_open(found.stage)
    return found
