"""What doctor looks at in this room. It names no demand: whoever runs doctor may not read them."""

from dataclasses import dataclass

from safeconduct.domains.demands import queries
from safeconduct.kernel import clock
from safeconduct.kernel.checks import Check, Diagnosis


@dataclass(frozen=True)
class DemandsAnswered:
    """No demand is past the authority's own day, and nobody waits to be told when silence may have ended."""

    name: str = "demands of authorities"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count what is overdue, and where it is time to ask again."""
        today = clock.now().date()
        late, silent = queries.overdue(today), queries.to_ask_again(today)
        if late or silent:
            what = f"{late} demands are past their day; of {silent} it is time to ask whether people may be told."
            return Diagnosis(what, "Open the register: each line says what is next.")
        return Diagnosis("No demand waits for an answer past its day.")


CHECKS: tuple[Check, ...] = (DemandsAnswered(),)
