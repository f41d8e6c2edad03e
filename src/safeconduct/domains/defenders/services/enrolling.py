"""Enrolling somebody who wishes it, tying a further report to them, and forgetting them when they wish that."""

import secrets
from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Exclusions, TeamKind
from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Identity, Link
from safeconduct.domains.defenders.papers import EXCLUDED, PARTICULARS, TIE, TIED_CASE, Particulars, Tie, TiedCase
from safeconduct.domains.defenders.queries.reach import LINKS, REASONS, identity_called, link_id, tie_of
from safeconduct.domains.defenders.rules import KEPT_FOR, PSEUDONYM_BITS, check_particulars, pseudonym_of
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE, Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, Opened, Recipient, halves, public_key, slips
from safeconduct.vault import services as vault

AT_ONCE = 100
KEEPS_OUT = (
    "This report keeps a colleague out, and whoever opens a name sees every case tied to it. "
    "Leave it untied, or enrol them here under a pseudonym of its own."
)
ALREADY = "This report belongs to somebody who is enrolled already. The page shows their pseudonym."


@dataclass(frozen=True)
class Told:
    """What somebody says of themselves, and how they agreed that it is kept. ``taken_by`` wrote it down for them."""

    names: str = field(repr=False)
    contacts: str = field(repr=False)
    consent: str = field(repr=False)
    taken_by: UUID | None = None


@transaction.atomic
def enrol(conversation: Opened, told: Told, *, case_number: str, exclude: Exclusions, by: Actor) -> str:
    """Keep who a reporter is, split between the benches, and return the pseudonym that stands for them.

    Whoever the reporter excluded is wrapped nothing, and is refused when they ask. The record says by the day that
    somebody was enrolled, and neither from which report nor by whom: that lies sealed in the conversation.
    """
    check_particulars(told.names, told.contacts, told.consent)
    _check_untied(conversation)
    to = accounts.bench_recipients(exclude)
    identity = Identity(enrolled_on=clock.now().date(), book=new_id())
    split, opened, book = _wrapped(identity, to)

    identity.half_a, identity.half_b = split.a, split.b
    identity.links_key, identity.reasons_key = (
        public_key(opened.derived(LINKS)),
        public_key(book.derived(REASONS)),
    )
    particulars = Particulars(told.names, told.contacts, told.consent, identity.enrolled_on, told.taken_by)
    identity.sealed = PARTICULARS.seal(particulars, opened, identity.id)
    identity.sealed_excluded = EXCLUDED.seal(exclude, book, identity.id)
    _save_under_a_new_pseudonym(identity)
    tie = Tie(identity.pseudonym, reasons=b64encode(book.derived(REASONS)).decode(), by=str(by))
    _tie(conversation, identity, tie, TiedCase(case_number, identity.enrolled_on))

    with audit.by_the_day():
        audit.record(BY_RULE, "identity.enrolled", identity.id)
    return identity.pseudonym


def _wrapped(identity: Identity, to: dict[TeamKind, tuple[Recipient, ...]]) -> tuple[halves.Halves, Opened, Opened]:
    a, b = to[TeamKind.BENCH_A], to[TeamKind.BENCH_B]
    with audit.by_the_day():
        split, opened = halves.split(identity.id, a=a, b=b, by=BY_RULE)
        book = vault.wrap(identity.book, EnvelopeKind.BOOK, to=[*a, *b], reporter=None, by=BY_RULE)
    return split, opened, book


@transaction.atomic
def tie_report(
    conversation: Opened, pseudonym: str, *, how: str, case_number: str, exclude: Exclusions, by: Actor
) -> None:
    """Say that a further report is by somebody who is enrolled, and how that was checked. It opens nothing of theirs.

    Its conversation shows who asked for them and when, but not why: whoever claims a pseudonym need not be the person.
    A report that keeps a colleague out is not tied: nobody here can see whom the identity itself keeps out.
    """
    if not how.strip():
        raise Refused("identity.how", "Write how you know that this is the same person.")
    if exclude:
        raise Refused("identity.keeps-out", KEEPS_OUT)
    _check_untied(conversation)
    identity = identity_called(pseudonym)
    tie = Tie(identity.pseudonym, how=how, by=str(by))
    _tie(conversation, identity, tie, TiedCase(case_number, clock.now().date()))

    with audit.by_the_day():
        audit.record(BY_RULE, "identity.tied", identity.id)


@transaction.atomic
def erase(conversation: Opened) -> None:
    """Forget who somebody is, as they wish: what was wrapped to the benches is destroyed, and every trace in the room.

    Only from the report in which they enrolled, so that nobody who merely claims a pseudonym ends it.
    """
    found = tie_of(conversation)
    if found is None or not found[1].enrolled_here:
        raise NotAllowed
    _destroy(Identity.objects.select_for_update().get(pk=found[0].identity_id))


@transaction.atomic
def let_go(conversation: Opened) -> None:
    """Forget what ties a conversation that is being erased to somebody; with the one they enrolled in, who they are.

    Nobody could open it from there any more: neither could they take their name back.
    """
    found = tie_of(conversation)
    if found is None:
        return
    link, tie = found
    if tie.enrolled_here:
        _destroy(Identity.objects.select_for_update().get(pk=link.identity_id))
    else:
        gone = link.identity_id
        link.delete()
        with audit.by_the_day():
            audit.record(BY_RULE, "identity.untied", gone)


def erase_old() -> int:
    """Forget everybody who enrolled two years ago, whether or not they can still open their case. A job calls this."""
    old = Identity.objects.filter(enrolled_on__lte=clock.now().date() - KEPT_FOR)
    return sum(_erase_one(identity_id) for identity_id in [*old.values_list("id", flat=True)[:AT_ONCE]])


@transaction.atomic
def _erase_one(identity_id: UUID) -> int:
    identity = Identity.objects.select_for_update().filter(pk=identity_id).first()
    if identity is None:
        return 0
    _destroy(identity)
    return 1


def _destroy(identity: Identity) -> None:
    envelopes, gone = [identity.half_a, identity.half_b, identity.book], identity.id
    identity.delete()
    # Destroyed at once, and told by the day: whose wish it was would else stand beside it.
    with audit.by_the_day():
        audit.record(BY_RULE, "identity.erased", gone)
        vault.destroy_all(envelopes, by=BY_RULE, also=[gone])


@transaction.atomic
def forget(envelopes: Collection[UUID]) -> None:
    """Delete again, after a restore, the rows of identities whose envelopes were destroyed. It needs no key."""
    Identity.objects.filter(Q(half_a__in=envelopes) | Q(half_b__in=envelopes) | Q(book__in=envelopes)).delete()


def _check_untied(conversation: Opened) -> None:
    if Link.objects.filter(pk=link_id(conversation)).exists():
        raise Refused("identity.already", ALREADY)


def _save_under_a_new_pseudonym(identity: Identity) -> None:
    while True:
        identity.pseudonym = pseudonym_of(secrets.randbits(PSEUDONYM_BITS))
        try:
            with transaction.atomic():
                identity.save(force_insert=True)
        except IntegrityError:
            continue
        return


def _tie(conversation: Opened, identity: Identity, tie: Tie, case: TiedCase) -> None:
    link = Link(id=link_id(conversation), identity=identity)
    link.sealed = TIE.seal(tie, conversation, link.id)
    # The book's id names the box, so that nothing sealed for one identity opens in another.
    link.sealed_case = slips.put(identity.book, link.id, TIED_CASE.write(case), public_key=bytes(identity.links_key))
    link.save(force_insert=True)
