"""What accounts hands to other rooms: plain values, no tables."""

from safeconduct.accounts.values.audiences import NOBODY_EXCLUDED, Audience, Exclusions, Note
from safeconduct.accounts.values.desks import Desk, Introduction, NewSession, ToUnlock, WayIn
from safeconduct.accounts.values.founding import Founded, Joining, NewPerson, NewTeam, PaperCards
from safeconduct.accounts.values.people import MemberView, TeamView
from safeconduct.accounts.values.roles import BENCHES, MemberKind, Role, Standing, TeamKind

__all__ = [
    "BENCHES",
    "NOBODY_EXCLUDED",
    "Audience",
    "Desk",
    "Exclusions",
    "Founded",
    "Introduction",
    "Joining",
    "MemberKind",
    "MemberView",
    "NewPerson",
    "NewSession",
    "NewTeam",
    "Note",
    "PaperCards",
    "Role",
    "Standing",
    "TeamKind",
    "TeamView",
    "ToUnlock",
    "WayIn",
]
