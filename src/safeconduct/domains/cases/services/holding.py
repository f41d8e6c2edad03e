"""Who holds the keys of a case: who is given them, and who has to let go."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import Cover
from safeconduct.domains.cases.queries.linked import connected
from safeconduct.domains.cases.queries.reach import reachable_cases
from safeconduct.domains.cases.services.deeds import OpenCase
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring, Recipient
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault


def check_not_excluded(member_id: UUID, cover: Cover) -> None:
    """Refuse to give keys to anyone a reporter excluded or who stepped back. Asked before every wrap."""
    if member_id in cover.without or accounts.is_excluded(member_id, cover.exclusions):
        sentence = (
            "This colleague is to stay out of this case, by the reporter's wish or their own. Choose somebody else."
        )
        raise Refused("case.excluded", sentence)


def leads_for(cover: Cover) -> tuple[Recipient, ...]:
    """Return the leads who may read; none when all of them are excluded."""
    try:
        return accounts.lead_recipients(cover.exclusions, without=cover.without).recipients
    except Refused:
        return ()


def intake_for(cover: Cover) -> tuple[Recipient, ...]:
    """Return everyone a new case would be wrapped to, without those who are to stay out."""
    return accounts.intake_recipients(cover.exclusions, without=cover.without).recipients


def holder_and_leads(member_id: UUID, cover: Cover, *, work: UUID) -> tuple[Recipient, ...]:
    """Return who reads a case that has been taken: never its holder alone while anybody else may."""
    check_not_excluded(member_id, cover)
    holder = accounts.person_recipient(member_id)
    others = [each for each in leads_for(cover) if each.id != holder.id]
    return (holder, *(others or _second_reader(member_id, cover, vault_queries.recipients_of(work))))


def _second_reader(member_id: UUID, cover: Cover, now: Collection[UUID]) -> tuple[Recipient, ...]:
    """Return one colleague more who may read where no lead may, so that nothing rests on a single key.

    Whoever reads it already stays: the second changes only when they leave, step back or take the case themselves.
    """
    try:
        audience = accounts.intake_recipients(cover.exclusions, without={*cover.without, member_id})
    except Refused:
        return ()
    may = accounts.people_who_can_open(audience) & _who_work_on_cases()
    found = sorted(accounts.person_recipients(may).values(), key=lambda each: (each.id not in now, each.id))
    return tuple(found[:1])


def _who_work_on_cases() -> frozenset[UUID]:
    return frozenset(one.id for one in accounts.everyone() if one.roles & {Role.RESPONDER, Role.LEAD})


def readers_of(case: Case, cover: Cover) -> tuple[Recipient, ...]:
    """Return who ought to read a case as it stands. Child-abuse material that nobody has taken is for leads alone."""
    if case.restricted and case.assignee is None and (leads := leads_for(cover)):
        return leads
    return intake_for(cover) if case.assignee is None else holder_and_leads(case.assignee, cover, work=case.work)


def give_to(held: OpenCase, readers: Sequence[Recipient], *, also: Iterable[UUID] = ()) -> None:
    """Wrap the work file and every conversation to these staff and nobody else on our side.

    Reporters and partners keep their keys. ``also`` are envelopes that join the case in the same act. What stood in
    cases that were linked into this one stands in this one too, so whoever loses it loses those.
    """
    for envelope in (held.case.work, *held.case.reports.values_list("conversation", flat=True), *also):
        give_envelope(envelope, readers, held.desk)
    give_joined(held, readers)


def give_joined(held: OpenCase, readers: Sequence[Recipient]) -> None:
    """Wrap the work files of cases that became this one to whoever reads it, as far as this desk opens them."""
    ring = held.desk.ring
    for envelope in vault.open(joined_works(held.case.id, ring), ring=ring, why="follow the case they are one with"):
        give_envelope(envelope, readers, held.desk)


def joined_works(case_id: UUID, ring: Keyring) -> list[UUID]:
    """Return the work files that this ring opens of cases that became one with this case."""
    joined = connected([case_id])[case_id] - {case_id}
    return [*reachable_cases(ring).filter(pk__in=joined).order_by("id").values_list("work", flat=True)]


def give_envelope(envelope: UUID, readers: Sequence[Recipient], desk: Desk) -> None:
    """Wrap one envelope to these staff and nobody else on our side."""
    now = {each for each in vault_queries.recipients_of(envelope) if not is_blind(each)}
    wanted = {reader.id for reader in readers}
    if not wanted:
        raise NotAllowed
    if now != wanted:
        added = [reader for reader in readers if reader.id not in now]
        vault.rewrap(envelope, ring=desk.ring, add=added, drop=now - wanted, by=desk.actor)


def is_blind(recipient_id: UUID) -> bool:
    """Answer whether an id is a reporter's or a partner's, whose keys staff never take away."""
    return Recipient(recipient_id, b"").is_blind
