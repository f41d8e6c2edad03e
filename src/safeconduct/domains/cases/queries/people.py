"""Who may be given a case, and who can read it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, MemberKind, MemberView, Role, Standing
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import COVER, Told
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.views import Reader, ReaderKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

MEMBER = "member"


@dataclass(frozen=True)
class Colleague:
    """Somebody a case may be handed to."""

    id: UUID
    name: str
    languages: tuple[str, ...]


def colleagues_for(case_id: UUID, desk: Desk) -> tuple[Colleague, ...]:
    """Return whom this case may be handed to: staff with keys, not excluded, not stepped back, not oneself."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    opened = vault.open_one(case.work, ring=desk.ring, why="choose a colleague")
    cover = COVER.read(case.sealed_cover, opened, case.id, case.revision)
    others = [each for each in accounts.members_for(desk) if each.id not in {desk.member_id, case.assignee}]
    able = [each for each in others if _works_here(each)]
    barred = cover.without | accounts.excluded_among([each.id for each in able], cover.exclusions)
    return tuple(Colleague(each.id, each.display_name, each.languages) for each in able if each.id not in barred)


def _works_here(member: MemberView) -> bool:
    works_here = member.kind is MemberKind.STAFF and bool({Role.RESPONDER, Role.LEAD} & member.roles)
    return works_here and member.standing is Standing.READY


def readers_of_report(report: Report, told: Told) -> tuple[Reader, ...]:
    """Return everyone who can read a conversation now, by the keys that are truly wrapped."""
    ids = vault_queries.recipients_of(report.conversation)
    readers = [Reader(ReaderKind.REPORTER, "")] if report.reporter in ids else []
    readers += staff_behind(ids)
    if told.organisation in ids:
        readers.append(Reader(ReaderKind.PARTNER, told.partner_name))
    return tuple(readers)


def readers_of_work(work: UUID) -> tuple[Reader, ...]:
    """Return everyone who can read a work file now."""
    return tuple(staff_behind(vault_queries.recipients_of(work)))


def staff_behind(recipient_ids: Collection[UUID]) -> list[Reader]:
    """Return the people and teams of ours among some recipients, by name."""
    found = accounts.holders(recipient_ids).values()
    kinds = ((ReaderKind.MEMBER if each.kind == MEMBER else ReaderKind.TEAM, each.name) for each in found)
    return [Reader(kind, name) for kind, name in sorted(kinds)]
