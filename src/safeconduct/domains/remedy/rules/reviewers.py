"""Who may decide an appeal: somebody who has had no hand in the case, under this name or an earlier one."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts.rules import words_of
from safeconduct.kernel.errors import Refused

NOBODY = (
    "Nobody here may decide this appeal: everyone who could has had a hand in the case. "
    "Name a reviewer from outside with the role appeal-reviewer; two custodians sign, then it can be decided."
)


@dataclass(frozen=True)
class Named:
    """A member and what they are called. Someone who left and came back has a new id and often the old name."""

    id: UUID
    name: str


def fresh_among(reviewers: Collection[Named], hands: Collection[Named]) -> frozenset[UUID]:
    """Return those reviewers who are neither one of the hands nor called like one.

    A namesake is left out too: one reviewer fewer costs less than a decider who reads an appeal against themselves.
    """
    ids, names = {each.id for each in hands}, {words_of(each.name) for each in hands}
    return frozenset(each.id for each in reviewers if each.id not in ids and words_of(each.name) not in names)


def check_somebody(reviewers: Collection[object]) -> None:
    """Refuse to give an appeal to nobody, and never give it to somebody else instead."""
    if not reviewers:
        raise Refused("appeal.no-reviewer", NOBODY)


def without_second_eyes(deciders: Collection[Named], reviewers: Collection[Named]) -> int:
    """Return how many of those who decide could be reviewed by nobody but themselves."""
    return sum(not fresh_among(reviewers, [each]) for each in deciders)
