"""Decisions about people and keys over plain values: who may be wrapped to, when a session is over."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from safeconduct.accounts.values import BENCHES, Exclusions, Note, Role, TeamKind
from safeconduct.kernel.errors import Refused

IDLE = timedelta(minutes=30)
LONGEST_SESSION = timedelta(hours=12)
STILL_BEING_FILED = timedelta(hours=1)  # what began before a key was replaced has ended by then
INVITATION_LASTS = timedelta(hours=72)
SIGNATURES_NEEDED = 2
SEATS_NEEDED = 2  # on each bench
LONGEST_NAME = 40
LONGEST_PASSPHRASE = 200

BOTH = "Nobody has a part in both benches: they would open every identity alone. Choose somebody else."
CUSTODIANS_ONLY = "Only custodians sit on a bench. Invite them as custodians first."

TELLING = 3  # letters; shorter words, such as "de" or "al", name nobody by themselves

_WORD = re.compile(r"\w+")


Seated = TypeVar("Seated", UUID, str)


@dataclass(frozen=True)
class PersonFacts:
    """What decides whether someone is wrapped to."""

    id: UUID
    names: tuple[str, ...]
    country: str


@dataclass(frozen=True)
class TeamFacts:
    """What decides whether a team is wrapped to. ``member_ids`` are those who hold or will hold its key.

    ``kind`` is None where custodians never signed what the team is, ``country`` where its entry was tampered with.
    """

    id: UUID
    kind: TeamKind | None
    country: str | None
    member_ids: frozenset[UUID]
    signed: bool


@dataclass
class AudiencePlan:
    """The teams wrapped to by their team key, the people wrapped to one by one, and why."""

    team_ids: set[UUID] = field(default_factory=set)
    member_ids: set[UUID] = field(default_factory=set)
    notes: set[Note] = field(default_factory=set)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a name, so that case, accents' encoding, order and commas do not matter."""
    return frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _is_any(said: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    # Meant to say yes too often: someone left out by mistake costs less than someone let in by mistake.
    return any(words <= said or any(len(word) >= TELLING for word in words & said) for words in names if words)


def lines_of(text: str) -> list[str]:
    """Return the lines that say something: each may name someone else."""
    return [line for line in text.splitlines() if words_of(line)]


def _named_on(lines: Iterable[str], people: Iterable[PersonFacts]) -> list[frozenset[UUID]]:
    """Return, for each line, whom it names. Names are taken apart once: many lines must not cost many times as much."""
    known = [(person.id, [words_of(name) for name in person.names]) for person in people]
    return [frozenset(one for one, names in known if _is_any(said, names)) for said in map(words_of, lines)]


def names_everyone(lines: Iterable[str], people: Iterable[PersonFacts]) -> bool:
    """Answer whether each line names somebody known here; one that does not may name anybody."""
    return all(_named_on(lines, people))


def excluded_people(
    people: Collection[PersonFacts], teams: Collection[TeamFacts], exclude: Exclusions
) -> frozenset[UUID]:
    """Return everyone who must not read: by country, by name, or as a member of an excluded team."""
    by_team = {one for team in teams if _is_excluded_team(team, exclude) for one in team.member_ids}
    by_self = {person.id for person in people if person.country and person.country in exclude.countries}
    return frozenset(by_team | by_self).union(*_named_on(lines_of(exclude.person), people))


def plan_audience(
    people: Collection[PersonFacts],
    teams: Collection[TeamFacts],
    exclude: Exclusions,
    *,
    kinds: frozenset[TeamKind],
    without: Collection[UUID] = (),
) -> AudiencePlan:
    """Choose whom a new envelope is wrapped to, so that nobody excluded can open any key it is wrapped to.

    ``teams`` are all teams there are, because membership of an excluded team excludes wherever else one works.
    ``without`` are people who may not read for reasons of their own, such as a conflict of interest.
    """
    plan = AudiencePlan()
    if not all(_named_on(lines_of(exclude.person), people)):
        plan.notes.add(Note.PERSON_UNKNOWN)
        kinds = frozenset({TeamKind.LEAD})
    outside = excluded_people(people, teams, exclude) | frozenset(without)
    for team in teams:
        if team.kind is None:
            plan.notes.add(Note.TEAM_UNKNOWN)
        elif team.kind in kinds:
            _add_team(plan, team, outside=outside, exclude=exclude)
    return plan


def _add_team(plan: AudiencePlan, team: TeamFacts, *, outside: frozenset[UUID], exclude: Exclusions) -> None:
    if _is_excluded_team(team, exclude):
        plan.notes.add(Note.TEAM_LEFT_OUT)
        return
    # A team's key also opens for whoever joins the team later, and one of them may be the very person left out.
    split = bool(exclude) or bool(team.member_ids & outside)
    if team.signed and not split:
        if team.member_ids:
            plan.team_ids.add(team.id)
        return
    plan.notes.add(Note.TEAM_SPLIT if split else Note.TEAM_UNSIGNED)
    plan.member_ids |= team.member_ids - outside


def _is_excluded_team(team: TeamFacts, exclude: Exclusions) -> bool:
    if team.country is None:
        # It may be in any country, the excluded one among them.
        return team.id in exclude.team_ids or bool(exclude.countries)
    return team.id in exclude.team_ids or bool(team.country and team.country in exclude.countries)


def session_is_over(*, now: datetime, seen_at: datetime, ends_at: datetime) -> bool:
    """Say whether a session has been idle too long or has reached its last moment.

    One last seen well after now was opened while the clock ran ahead, and would outlive its time.
    """
    return now >= ends_at or abs(now - seen_at) >= IDLE


def sign_in_word(name: str) -> str:
    """Return a sign-in name as it is kept: without case, spaces around it or NUL, which PostgreSQL does not take."""
    return name.replace("\0", "").strip().casefold()[:LONGEST_NAME]


def plain_words(text: str) -> str:
    """Return typed one-time words as they were generated, whatever their case, spaces and hyphens."""
    return " ".join(text[:LONGEST_PASSPHRASE].replace("-", " ").casefold().split())


def check_bench_seats(benches: Collection[Collection[Seated]], custodians: Collection[Seated]) -> None:
    """Refuse benches with fewer than two custodians on each, with anyone else, or with somebody on both."""
    if any(len(set(bench)) < SEATS_NEEDED for bench in benches):
        sentence = "Each bench needs two custodians: four in all. With fewer, keep pseudonyms only."
        raise Refused("bench.too-few", sentence)
    everyone = [one for bench in benches for one in set(bench)]
    if len(everyone) != len(set(everyone)):
        raise Refused("bench.both", BOTH)
    if set(everyone) - set(custodians):
        raise Refused("bench.custodian", CUSTODIANS_ONLY)


def check_apart(kinds: Collection[TeamKind]) -> None:
    """Refuse whatever would bring both benches into one hand."""
    if set(kinds) >= set(BENCHES):
        raise Refused("bench.both", BOTH)


def check_seat(kinds: Collection[TeamKind], roles: Collection[Role]) -> None:
    """Refuse someone a seat on both benches, or on one without being a custodian."""
    check_apart(kinds)
    if set(kinds) & set(BENCHES) and Role.CUSTODIAN not in roles:
        raise Refused("bench.custodian", CUSTODIANS_ONLY)
