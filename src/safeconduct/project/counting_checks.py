"""What doctor looks at about processes that serve one folder: whether they count strangers together."""

from dataclasses import dataclass

from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.kernel.slate import MEMORY, place_for
from safeconduct.project.options import OPTIONS, data_folder


@dataclass(frozen=True)
class CountedTogether:
    """A stranger has no more room at several processes than at one."""

    name: str = "counting strangers"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """See whether there is memory that all processes of the folder can share."""
        if not OPTIONS["DATABASE"].text():
            return Diagnosis("One process serves this folder, and counts what strangers do in its memory.")
        if (where := place_for(data_folder())) is not None:
            return Diagnosis(f"Processes on this machine count strangers together, in memory ({where}).")
        return Diagnosis(
            f"There is no {MEMORY} of this account's own, so each process counts for itself.",
            f"With several, a stranger has that many times the room. Mount a tmpfs at {MEMORY}, or serve with one.",
        )


CHECKS: tuple[Check, ...] = (CountedTogether(),)
