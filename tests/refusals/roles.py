"""Everybody who may stand before a page, and the groups of them that a page is for."""

from enum import StrEnum


class Kind(StrEnum):
    """What an answer comes to. ``NOTHING`` is the same for what is missing and for what is not yours."""

    IN = "let in"
    REFUSED = "refused with a sentence: they may know of it, and may not do this"
    NOTHING = "nothing here"
    SIGN_IN = "led to the sign-in page"
    NO_TOKEN = "asked for a token"
    NOT_THIS_WAY = "the address does not take this verb"


class Who(StrEnum):
    """One part in the story each. Nobody has a role besides what their part needs."""

    NOBODY = "somebody without a cookie"
    ENDED = "a member whose session was ended"
    REMOVED = "a responder who was put out, with the cookie they still have"
    INTRODUCED = "a lead whom the identity provider introduced, and who has not unlocked"
    REPORTER = "the reporter of the case, with their code"
    OTHER_REPORTER = "a reporter of another case, with their code"
    COLLEAGUE = "a responder of another team, who did not work on the case; they asked who somebody is"
    DECIDER = "a responder and reviewer who took and decided the case; another reporter keeps them out"
    LEAD = "a lead"
    CUSTODIAN = "a custodian of one bench"
    OTHER_BENCH = "a custodian of the other bench"
    REVIEWER = "a reviewer with no hand in the case, who took the appeal"
    OTHER_REVIEWER = "a reviewer with no hand in the case, who did not take the appeal"
    PARTNER = "a member of the organisation that filed"
    OTHER_PARTNER = "a member of another organisation"
    PROGRAM = "a program with a token of the organisation that filed"
    OTHER_PROGRAM = "a program with a token of another organisation"


ALL = frozenset(Who)
REPORTERS = frozenset({Who.REPORTER, Who.OTHER_REPORTER})
PROGRAMS = frozenset({Who.PROGRAM, Who.OTHER_PROGRAM})
OUTSIDE = frozenset({Who.NOBODY, Who.ENDED, Who.REMOVED, Who.INTRODUCED}) | REPORTERS | PROGRAMS
MEMBERS = ALL - OUTSIDE
STAFF = frozenset({Who.COLLEAGUE, Who.DECIDER, Who.LEAD})
REVIEWERS = frozenset({Who.DECIDER, Who.REVIEWER, Who.OTHER_REVIEWER})
PARTNERS = frozenset({Who.PARTNER, Who.OTHER_PARTNER})

# A case that was taken opens for whoever has it and for leads; their colleagues opened it before and cannot now.
HOLDERS = frozenset({Who.DECIDER, Who.LEAD})
FRESH_EYES = frozenset({Who.REVIEWER, Who.OTHER_REVIEWER})
