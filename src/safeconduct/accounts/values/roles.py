"""What somebody may do, what a team's key is for, and how far either is on the way to it."""

from enum import StrEnum


class Role(StrEnum):
    """What someone may do here. Roles open nothing by themselves; keys do."""

    RESPONDER = "responder"
    APPEAL_REVIEWER = "appeal-reviewer"
    LEAD = "lead"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    PARTNER = "partner"


class TeamKind(StrEnum):
    """What a team's key is for."""

    INTAKE = "intake"
    LEAD = "lead"
    PARTNER = "partner"
    EARLY_WARNING = "early-warning"
    BENCH_A = "bench-a"
    BENCH_B = "bench-b"


BENCHES = (TeamKind.BENCH_A, TeamKind.BENCH_B)


class MemberKind(StrEnum):
    """On whose side someone signs in."""

    STAFF = "staff"
    PARTNER = "partner"


class Standing(StrEnum):
    """How far someone is on the way to being handed keys."""

    INVITED = "invited"
    WAITING = "waiting for two custodians"
    READY = "ready"
    CHANGED = "changed since it was signed"
    REMOVED = "removed"
