"""When a partner counts as vetted, what it may do on which terms, and how long its keys last. Plain decisions."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from safeconduct.kernel.errors import Refused

TOKEN_LASTS = timedelta(days=365)
VETTED_FOR = timedelta(days=365)
MOST_TOKENS = 10
FILINGS_KEPT = timedelta(days=30)
LONGEST_LABEL = 60
# A partner that heard nothing after a day looks by itself; the next event rings again.
BELL_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


class State(StrEnum):
    """How far we trust an organisation."""

    CANDIDATE = "candidate"
    VETTED = "vetted"
    SUSPENDED = "suspended"
    LEFT = "left"


class Grounds(StrEnum):
    """On what an organisation was vetted. A closed set, so that nothing about its people is written here."""

    KNOWN_TO_US = "known-to-us"
    TWO_REFERENCES = "two-references"
    NETWORK_MEMBER = "network-member"


class Term(StrEnum):
    """What an agreement lets a partner do."""

    FILE = "file"
    VOUCH = "vouch"


MOVES: dict[State, frozenset[State]] = {
    State.CANDIDATE: frozenset({State.VETTED, State.LEFT}),
    State.VETTED: frozenset({State.VETTED, State.SUSPENDED, State.LEFT}),
    State.SUSPENDED: frozenset({State.VETTED, State.LEFT}),
    State.LEFT: frozenset(),
}


@dataclass(frozen=True)
class Agreed:
    """An agreement's terms and the days on which it stands; the last day is the day before ``ends_on``."""

    terms: frozenset[Term]
    signed_on: date
    ends_on: date


@dataclass(frozen=True)
class Footing:
    """How an organisation stands with us on one day."""

    state: State
    vetted_until: date | None
    agreements: tuple[Agreed, ...]

    def may_enter(self) -> bool:
        """Answer whether its members and programs may read their own cases."""
        return self.state is State.VETTED

    def may(self, term: Term, today: date) -> bool:
        """Answer whether it may do this today: vetted, looked at within the year, and agreed."""
        current = self.vetted_until is not None and today < self.vetted_until
        agreed = any(term in each.terms and each.signed_on <= today < each.ends_on for each in self.agreements)
        return self.may_enter() and current and agreed


def check_move(now: State, then: State) -> None:
    """Refuse a change of state that has no sense."""
    if then not in MOVES[now]:
        raise Refused("partner.move", f"An organisation that is {now.value} cannot become {then.value}.")


def check_term(footing: Footing, term: Term, today: date) -> None:
    """Refuse what an organisation may not do today, and say whom to ask."""
    if not footing.may(term, today):
        sentence = (
            "Your organisation cannot do this today: its vetting or its agreement has to be renewed. Write to us."
        )
        raise Refused("partner.no-terms", sentence)


def check_days(signed_on: date, ends_on: date) -> None:
    """Refuse an agreement that ends before it begins."""
    if ends_on <= signed_on:
        raise Refused("agreement.days", "The agreement ends before it begins. Correct one of the two days.")
