"""What doctor looks at about keeping: whether what is over is erased, and whether holds are looked at again."""

from dataclasses import dataclass

from safeconduct.domains.cases.queries.due import overdue_erasures
from safeconduct.domains.cases.queries.keeping import overdue_holds, periods
from safeconduct.kernel.checks import Check, Diagnosis


@dataclass(frozen=True)
class Retention:
    """No closed case is kept for longer than its time."""

    name: str = "retention"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Look for what the round should have erased two days ago."""
        kept = periods()
        if late := overdue_erasures():
            mend = "See 'erasure ledger' here, and the log for case.not-erased or round.failed."
            return Diagnosis(f"{late} closed cases are kept beyond their time, and nothing holds them.", mend)
        return Diagnosis(f"Closed cases are kept for {min(kept.values()).days} to {max(kept.values()).days} days.")


@dataclass(frozen=True)
class Holds:
    """Somebody looks again at each hold on its day."""

    name: str = "holds"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count those whose day has come."""
        if late := overdue_holds():
            return Diagnosis(f"{late} holds are to be looked at again.", "A lead looks under Holds, or lifts them.")
        return Diagnosis("No hold waits to be looked at again.")


CHECKS: tuple[Check, ...] = (Retention(), Holds())
