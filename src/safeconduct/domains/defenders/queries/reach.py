"""The ways to an identity: from a conversation that is open, or by its pseudonym. There is no list."""

from base64 import b64decode
from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, MemberKind, Role, TeamKind
from safeconduct.domains.defenders.models import Asking, Identity, Link
from safeconduct.domains.defenders.papers import TIE, Tie
from safeconduct.domains.defenders.rules import as_kept
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened, slips
from safeconduct.vault.halves import Halves
from safeconduct.vault.values import DoesNotOpen

LINK = "defenders: link"
REASONS = "defenders: reasons"
LINKS = "defenders: links"
UNKNOWN = "Nobody is kept under this pseudonym. Compare the spelling: two groups of five letters."


def link_id(conversation: Opened) -> UUID:
    """Return the id that a link of this conversation has."""
    return conversation.blind_id(LINK)


def tie_of(conversation: Opened) -> tuple[Link, Tie] | None:
    """Return the identity that a conversation is tied to. A row that was moved to another identity is none."""
    link = Link.objects.select_related("identity").filter(pk=link_id(conversation)).first()
    if link is None:
        return None
    try:
        tie = TIE.read(link.sealed, conversation, link.id)
    except DoesNotOpen:
        return None
    return (link, tie) if tie.pseudonym == link.identity.pseudonym else None


def identity_called(pseudonym: str) -> Identity:
    """Return the identity of this pseudonym, or refuse."""
    found = Identity.objects.filter(pseudonym=as_kept(pseudonym)).first()
    if found is None:
        raise Refused("identity.unknown", UNKNOWN)
    return found


def check_may_ask(desk: Desk) -> None:
    """Refuse whoever is no colleague at work on cases, or sits on a bench: nobody approves what they want to know."""
    if desk.kind is not MemberKind.STAFF or not (desk.may(Role.RESPONDER) or desk.may(Role.LEAD)):
        raise NotAllowed
    if accounts.sits_on_a_bench(desk.member_id):
        raise Refused("asking.bench", "Whoever sits on a bench never asks. Let a colleague ask.")


def seat_of(desk: Desk) -> TeamKind:
    """Return the bench that somebody sits on; ``NotAllowed`` for anyone else."""
    seat = accounts.bench_of(desk)
    if seat is None or not desk.may(Role.CUSTODIAN):
        raise NotAllowed
    return seat


def concerns(member_id: UUID) -> set[UUID]:
    """Return what an alarm may be about that is no stranger's to this member: themselves, and the bench they sit on."""
    own = {each.team_id for each in accounts.benches().values() if member_id in each.member_ids}
    return {member_id} | own


def half_of(identity: Identity, seat: TeamKind) -> UUID:
    """Return the envelope of one bench's half."""
    return identity.half_a if seat is TeamKind.BENCH_A else identity.half_b


def halves_of(identity: Identity) -> Halves:
    """Return both halves' envelopes."""
    return Halves(identity.id, identity.half_a, identity.half_b)


def reason_of(asking: Asking, book: Opened) -> str:
    """Return why somebody asked, with the opened book."""
    return reasons_with([asking], book.derived(REASONS))[asking.id]


def reasons_with(askings: Iterable[Asking], seed: bytes) -> dict[UUID, str]:
    """Return why each of these was asked, with the key that opens reasons; nothing where one was spoilt."""
    found: dict[UUID, str] = {}
    for asking in askings:
        try:
            [plain] = slips.take_with(seed, asking.identity.book, [(asking.id, bytes(asking.sealed_reason))])
            found[asking.id] = plain.decode()
        except DoesNotOpen:
            found[asking.id] = ""
    return found


def key_in(tie: Tie) -> bytes:
    """Return the key to the reasons that a tie holds."""
    return b64decode(tie.reasons)
