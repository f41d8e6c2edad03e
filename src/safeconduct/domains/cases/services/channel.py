"""The door itself: opening it past its gate, closing it, invitations, and the trial of the pagers."""

import secrets
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit import services as audit
from safeconduct.connectors import paging
from safeconduct.domains.cases.models import Channel, Invitation, PagerAddress, PagerTest
from safeconduct.domains.cases.queries.channel import gate_refusals
from safeconduct.domains.cases.queries.reach import check_called, check_staff
from safeconduct.domains.cases.rules import Mode
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault.labels import derived
from safeconduct.vault.passphrases import generate

log = structlog.get_logger()

INVITATION_LASTS = timedelta(days=30)
# One row, so one fixed subject in the record.
CHANNEL = UUID("5afec0de-0000-4000-8000-000000000001")


@transaction.atomic
def open_channel(mode: str, *, by: Actor) -> Mode:
    """Open the door to ``partners``, ``invited`` or ``public``, unless the gate refuses."""
    wanted = Mode(mode) if mode in {each.value for each in Mode} else Mode.CLOSED
    if wanted is Mode.CLOSED:
        raise Refused("channel.unknown-mode", "Open the channel to one of: partners, invited, public.")
    if refusals := gate_refusals():
        raise Refused("channel.not-ready", " ".join(refusals))
    _set(wanted, by)
    return wanted


@transaction.atomic
def close_channel(*, by: Actor) -> None:
    """Close the door to new reports. Conversations go on."""
    _set(Mode.CLOSED, by)


def _set(mode: Mode, by: Actor) -> None:
    Channel.objects.update_or_create(id=1, defaults={"mode": mode.value, "since": clock.this_minute()})
    audit.record(by, "channel.set", CHANNEL)


@transaction.atomic
def invite(desk: Desk) -> str:
    """Return words with which somebody may report once, within thirty days. They are shown here and nowhere again."""
    check_staff(desk)
    words = generate()
    Invitation.objects.create(tag=_tag(words), ends_at=clock.this_minute() + INVITATION_LASTS)
    audit.record(desk.actor, "channel.invited", CHANNEL)
    return words


def use_invitation(words: str) -> None:
    """Use up an invitation, or refuse it; wrong, old and used ones are refused alike."""
    found = (
        Invitation.objects.select_for_update()
        .filter(tag=_tag(words), used_at__isnull=True, ends_at__gt=clock.now())
        .first()
    )
    if found is None:
        raise Refused(
            "channel.invitation", "These words do not open the door. Check each word, or ask whoever gave them to you."
        )
    found.used_at = clock.this_minute()
    found.save(update_fields=["used_at"])


def _tag(words: str) -> str:
    plain = "-".join(words.casefold().replace("-", " ").split())
    return derived(plain.encode(), "invitation").hex()


@transaction.atomic
def set_pager_address(desk: Desk, pager: str, address: str) -> None:
    """Keep where the member at this desk can be woken by one pager; an empty address forgets it."""
    check_called(desk)
    known = {each.name: each for each in paging.pagers()}
    if pager not in known:
        raise Refused("pager.unknown", "There is no pager of this name. Choose one of those set up.")
    if address:
        _check_address(known[pager], address)
    kept = PagerAddress.objects.filter(member=desk.member_id, pager=pager)
    if not kept.filter(address=address).exists():
        # A trial proves the one address that it went to, and its number must not prove the next one.
        PagerTest.objects.filter(member=desk.member_id, pager=pager).delete()
    if address:
        PagerAddress.objects.update_or_create(member=desk.member_id, pager=pager, defaults={"address": address})
    else:
        kept.delete()
    audit.record(desk.actor, "pager.address-set", desk.member_id)


def _check_address(pager: paging.Pager, address: str) -> None:
    if isinstance(pager, paging.KnowsAddresses):
        pager.check_address(address)


def wake(member_id: UUID) -> bool:
    """Send somebody one page that says only that something waits, by each of their pagers; say whether one went out."""
    known = {each.name: each for each in paging.pagers()}
    sent = [
        _send(known[each.pager], paging.Page(each.address, 1, page_number()))
        for each in PagerAddress.objects.filter(member=member_id, pager__in=known)
    ]
    return any(sent)


def _send(pager: paging.Pager, page: paging.Page) -> bool:
    try:
        pager.send(page)
    except Unavailable as fault:
        log.warning("pager.failed", pager=pager.name, code=fault.code)
        return False
    return True


def try_pagers(desk: Desk) -> int:
    """Send a trial page to the member at this desk by each of their pagers; return how many went out.

    A pager counts as tested once the number that its page carried has been typed back. One that does not answer
    stops no other; ``Unavailable`` only when none went out.
    """
    check_called(desk)
    known = {each.name: each for each in paging.pagers()}
    addresses = [*PagerAddress.objects.filter(member=desk.member_id, pager__in=known)]
    if not addresses:
        raise Unavailable("pager.none", "No pager knows how to reach you. Set your address for one first.")
    sent = sum(_try(known[each.pager], each.address, desk) for each in addresses)
    if not sent:
        raise Unavailable("pager.silent", "None of your pagers answered. Check your addresses, then try again.")
    return sent


def _try(pager: paging.Pager, address: str, desk: Desk) -> bool:
    number = page_number()
    if not _send(pager, paging.Page(address, 0, number)):
        return False
    return _keep_test(desk, pager.name, number, address)


@transaction.atomic
def _keep_test(desk: Desk, pager: str, number: str, address: str) -> bool:
    kept = PagerAddress.objects.select_for_update().filter(member=desk.member_id, pager=pager, address=address)
    if kept.first() is None:
        # Changed while the page was on its way: its number would prove an address that it never went to.
        return False
    PagerTest.objects.create(
        id=new_id(), pager=pager, member=desk.member_id, number=number, sent_at=clock.this_minute()
    )
    audit.record(desk.actor, "pager.tried", desk.member_id)
    return True


@transaction.atomic
def confirm_pager(number: str, desk: Desk) -> None:
    """Take the number of a trial page, which proves that the page arrived."""
    within = clock.now() - timedelta(hours=1)
    found = PagerTest.objects.select_for_update().filter(
        member=desk.member_id, number=number.strip(), confirmed_at__isnull=True, sent_at__gte=within
    )
    test = found.first()
    if test is None:
        raise Refused(
            "pager.wrong-number",
            "No trial call with this number went to you in the last hour. Read it again, or call yourself again.",
        )
    test.confirmed_at = clock.this_minute()
    test.save(update_fields=["confirmed_at"])
    audit.record(desk.actor, "pager.confirmed", desk.member_id)


def page_number() -> str:
    """Return the number of a page: six digits that mean nothing."""
    return f"{secrets.randbelow(10**6):06d}"


def check_lead(desk: Desk) -> None:
    """Refuse whoever does not lead."""
    if not desk.may(Role.LEAD):
        raise NotAllowed
