"""What doctor looks at in this room: whether names can be kept, and whether an alarm waits."""

from dataclasses import dataclass

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import BENCHES
from safeconduct.domains.defenders.models import Alarm, Identity
from safeconduct.kernel.checks import Check, Diagnosis

NO_BENCHES = (
    "Pseudonyms only: there are no benches, so nobody's name or contact is kept. "
    "Whoever wishes to keep them finds four custodians first: 'safeconduct benches make'."
)


@dataclass(frozen=True)
class Benches:
    """Two benches sit, or there are none: pseudonyms only is a way to run a programme. Half-made ones are wrong."""

    name: str = "benches"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Look at both benches."""
        if accounts.benches_sit():
            return Diagnosis("Two benches of custodians sit. No name is opened without one of each.")
        found = accounts.benches()
        if not found and not Identity.objects.exists():
            return Diagnosis(NO_BENCHES)
        names = ", ".join(found[kind].name for kind in BENCHES if kind in found and not found[kind].sits)
        mend = "Two custodians on each, signed, with a key: 'safeconduct benches show' says what is missing."
        stuck = " Names kept before wait for it." if Identity.objects.exists() else ""
        return Diagnosis(f"Pseudonyms only: a bench does not sit ({names or 'one is missing'}).{stuck}", mend)


@dataclass(frozen=True)
class UnusualOpening:
    """No alarm about opened identities waits to be seen."""

    name: str = "opened identities"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count alarms that nobody has seen."""
        waiting = Alarm.objects.filter(seen_by__isnull=True).count()
        if waiting:
            mend = "A lead or a custodian opens Identities in the console, asks, and says that they have seen it."
            return Diagnosis(f"{waiting} alarms say that somebody opened unusually many identities.", mend)
        return Diagnosis("Nobody opened unusually many identities.")


CHECKS: tuple[Check, ...] = (Benches(), UnusualOpening())
