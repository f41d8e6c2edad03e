"""What doctor looks at in this room: whether the index is awake, and whether its key is younger than its team's."""

from dataclasses import dataclass

from safeconduct.accounts.queries import early_warning_key_made_at
from safeconduct.domains.early_warning.models import IndexKey, SetAside
from safeconduct.domains.early_warning.queries import NONE_YET, State, state_of_index
from safeconduct.kernel.checks import Check, Diagnosis

CHANGED = (
    "A failing disk, or somebody who can write to the database, changed it. Check both; then somebody of the "
    "early-warning team runs 'safeconduct index rebuild'."
)


@dataclass(frozen=True)
class IndexAwake:
    """Says whether accounts can be found again now. A sleeping index is nothing to mend: it wakes by itself."""

    name: str = "index of accounts"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Read how it stands."""
        found = state_of_index()
        if found.state is State.NONE:
            return Diagnosis(NONE_YET)
        if found.missing:
            gone = ", ".join(map(str, found.missing))
            return Diagnosis(f"Its key of generation {gone} is gone, and with it what was named since.", CHANGED)
        if found.to_carry:
            what = f"{found.to_carry} entries wait to be carried to key {found.generation}."
            return Diagnosis(what, "Somebody of the early-warning team runs 'safeconduct index rotate' again.")
        if found.until is None:
            return Diagnosis("It is asleep. It wakes when somebody of the early-warning team signs in.")
        where = "1 process" if found.processes == 1 else f"{found.processes} processes"
        sentence = f"It is awake in {where}, where somebody of the team signed in, and asleep in any other"
        return Diagnosis(f"{sentence}; until {found.until:%H:%M} UTC at the latest, or until a restart.")


@dataclass(frozen=True)
class IndexYoungerThanItsTeam:
    """The index had a new key since its team had: whoever left the team may have kept the former ones."""

    name: str = "key of the index"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Compare when the two were made."""
        newest, team = IndexKey.objects.order_by("-generation").first(), early_warning_key_made_at()
        if newest is None or team is None or newest.made_at >= team:
            return Diagnosis("No key of the index is older than its team's.")
        sentence = "Somebody of the early-warning team and a custodian run 'safeconduct index rotate'."
        return Diagnosis("The early-warning team has had a new key since the index had.", sentence)


@dataclass(frozen=True)
class IndexOpens:
    """Every entry of the index opened, as far as it was read: what did not was set aside."""

    name: str = "entries of the index"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count what was set aside."""
        found = SetAside.objects.count()
        if not found:
            return Diagnosis("Every entry that was read has opened. All of them are read each hour while it is awake.")
        what = f"Set aside because they do not open: {found}. Earlier reports are not found by what stood there."
        return Diagnosis(what, CHANGED)


CHECKS: tuple[Check, ...] = (IndexAwake(), IndexYoungerThanItsTeam(), IndexOpens())
