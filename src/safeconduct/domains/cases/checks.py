"""What doctor looks at in this room, and what keeps the door shut: a tested pager, two people who can open a case."""

from dataclasses import dataclass

from safeconduct.domains.cases.queries.channel import (
    NO_PAGER,
    PEOPLE_NEEDED,
    TOO_FEW,
    channel_mode,
    pager_tested_at,
    people_not_called,
    people_who_can_open,
)
from safeconduct.domains.cases.queries.readers import readers_of_open_cases
from safeconduct.domains.cases.queries.search import reports_not_indexed
from safeconduct.domains.cases.queries.unheard import calls_unheard
from safeconduct.domains.cases.rules import Mode
from safeconduct.domains.partners import queries as partners
from safeconduct.kernel.checks import Check, Diagnosis

EACH_PAGER = "Let each give an address on Calls in the console, press Call me on trial, and type the number back."
NO_PARTNER = "Vet an organisation and agree with it that it may file: safeconduct partners vet, then partners agree."

TOO_FEW_READ = (
    "Invite colleagues from elsewhere, sign them, and let the holders sign in once: the keys follow to whoever may "
    "read. What nobody can open is brought back only by somebody whose key still opens it, or from a backup."
)


@dataclass(frozen=True)
class PagerTested:
    """A trial page arrived lately, and the person it woke typed back its number."""

    name: str = "pager"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look for the last confirmed trial."""
        tested = pager_tested_at()
        if tested is None:
            return Diagnosis("No pager has been tested in the last 30 days.", NO_PAGER)
        return Diagnosis(f"A pager was last tested on {tested:%d %B %Y}.")


@dataclass(frozen=True)
class EachCanBeCalled:
    """A trial reached everybody who could open a report, at the address that they have now."""

    name: str = "who can be called"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Name those whom no call would reach, as far as anybody knows."""
        if pager_tested_at() is None:
            return Diagnosis("Nobody yet; see 'pager'.")
        if missing := people_not_called():
            return Diagnosis(f"No trial call reached these in the last 30 days: {', '.join(missing)}.", EACH_PAGER)
        return Diagnosis("A trial call reached each who can open a new case.")


@dataclass(frozen=True)
class CallsHeard:
    """Nobody was called again and again without an answer."""

    name: str = "calls"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count who was called in vain."""
        lost = calls_unheard()
        if lost.since is None:
            return Diagnosis("No call was repeated three times without an answer.")
        sentence = "Ring them up. Then let each call themselves on trial: a pager may lose what it accepts."
        return Diagnosis(f"{lost.people} people were called in vain, since {lost.since:%d %B %Y, %H:%M} UTC.", sentence)


@dataclass(frozen=True)
class TwoCanOpen:
    """A report that excludes nobody could be opened by at least two people."""

    name: str = "people who can open a case"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Count them by the keys they truly hold."""
        people = people_who_can_open()
        if people < PEOPLE_NEEDED:
            return Diagnosis(f"{people} people can open a new case; two are needed.", TOO_FEW)
        return Diagnosis(f"{people} people can open a new case.")


@dataclass(frozen=True)
class OpenCasesRead:
    """No open case rests on one person's key, and none is lost to everybody."""

    name: str = "readers of open cases"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count the readers of each open case, and name none."""
        found = readers_of_open_cases()
        if not (found.one or found.none):
            return Diagnosis("Every open case can be opened by at least two people.")
        sentence = f"Open cases that one person alone can open: {found.one}; that nobody can open: {found.none}."
        return Diagnosis(sentence, TOO_FEW_READ)


@dataclass(frozen=True)
class ChannelOpen:
    """Says how far the door stands open. A closed door is nothing to mend."""

    name: str = "channel"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Read the door."""
        mode = channel_mode()
        return Diagnosis("The channel is closed." if mode is Mode.CLOSED else f"The channel is open: {mode.value}.")


@dataclass(frozen=True)
class SomebodyMayFile:
    """A door for partners alone is a wall while no partner may file."""

    name: str = "partners"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Read the door, and look for an organisation that may come through it."""
        if channel_mode() is not Mode.PARTNERS or partners.some_may_file():
            return Diagnosis("Whoever the door is open to can come through it.")
        return Diagnosis("The door is open to partners alone, and no partner may file: nobody can report.", NO_PARTNER)


@dataclass(frozen=True)
class ReportsIndexed:
    """Says how many reports are not found by account yet. They wait for their readers, and nothing is to be mended."""

    name: str = "reports in the index"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count what waits."""
        waiting = reports_not_indexed()
        if not waiting:
            return Diagnosis("Every report that may be found by account is in the index.")
        sentence = "Each is brought in when somebody who can open it signs in while the index is awake."
        return Diagnosis(f"Reports that are not in the index of accounts yet: {waiting}. {sentence}")


CHECKS: tuple[Check, ...] = (
    PagerTested(),
    EachCanBeCalled(),
    CallsHeard(),
    TwoCanOpen(),
    OpenCasesRead(),
    ChannelOpen(),
    SomebodyMayFile(),
    ReportsIndexed(),
)
