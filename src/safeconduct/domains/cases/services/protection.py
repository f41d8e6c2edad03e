"""Acting on an account: opens the conversation that an act belongs to, and asks safety. Safety never sees a case.

Safety is given the report's id, not the case's, so that acts stay with their conversation when cases are linked.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.queries.acts import report_acted_on, report_of_bundle
from safeconduct.domains.cases.queries.elsewhere import is_protected_elsewhere
from safeconduct.domains.cases.rules import Stage, Verb, check_open
from safeconduct.domains.cases.services.deeds import OpenCase, OpenReport, open_case, open_report, open_reports
from safeconduct.domains.cases.services.work import start_acting
from safeconduct.domains.cases.services.writing_down import wrote_down
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.queries import is_order_of
from safeconduct.domains.safety.rules import SECOND_CHECK, Bundle, Proof, WhoElse
from safeconduct.domains.safety.services.costs import cost_on_any_account
from safeconduct.domains.safety.services.proofs import claim
from safeconduct.domains.safety.views import BundleCost, CodeSent
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring, Opened


def cost(case_id: UUID, account: AccountRef, bundle: Bundle, desk: Desk) -> BundleCost:
    """Return what securing or hiding an account would cost, before anyone orders it."""
    report_acted_on(case_id, account, desk)
    return safety.cost_of(bundle, account)


def order(
    case_id: UUID,
    *,
    account: AccountRef,
    bundle: Bundle,
    proofs: Collection[Proof],
    who_else_sees: WhoElse,
    reason: str,
    cost_shown: str,
    desk: Desk,
    key: UUID | None = None,
) -> UUID:
    """Order a bundle for an account of this case. The same ``key`` twice is one order.

    Where another open case asks to protect the account, or whoever orders wrote it down themselves, one check alone
    carries only what ends by itself. Where nothing does, it is refused, and the check is kept for the second colleague.
    """
    # Read before anything is locked: it can take opening many conversations.
    elsewhere = is_protected_elsewhere(account, case_id, desk)
    wish = _Wish(account, bundle, proofs, who_else_sees, reason, cost_shown, key, takes_two=elsewhere)
    try:
        return _order(wish, case_id, desk)
    except Refused as refusal:
        if refusal.code == SECOND_CHECK:
            _keep_check(wish, case_id, desk)
        raise


@dataclass(frozen=True)
class _Wish:
    account: AccountRef
    bundle: Bundle
    proofs: Collection[Proof]
    who_else_sees: WhoElse
    reason: str
    cost_shown: str
    key: UUID | None
    takes_two: bool


@transaction.atomic
def _order(wish: _Wish, case_id: UUID, desk: Desk) -> UUID:
    held, opened = _opened_for(wish.account, case_id, desk)
    start_acting(held)
    held.save()
    return safety.order_bundle(
        case_id=opened.report.id,
        envelope=opened.conversation,
        account=wish.account,
        bundle=wish.bundle,
        proofs=wish.proofs,
        who_else_sees=wish.who_else_sees,
        reason=wish.reason,
        cost_shown=wish.cost_shown,
        by=desk.actor,
        key=wish.key,
        language=held.case.language,
        takes_two=wish.takes_two or wrote_down(held, wish.account),
    )


@transaction.atomic
def _keep_check(wish: _Wish, case_id: UUID, desk: Desk) -> None:
    _held, opened = _opened_for(wish.account, case_id, desk)
    safety.record_check(
        opened.report.id,
        envelope=opened.conversation,
        account=wish.account,
        claimed=wish.proofs,
        reason=wish.reason,
        by=desk.actor,
    )


def _opened_for(account: AccountRef, case_id: UUID, desk: Desk) -> tuple[OpenCase, OpenReport]:
    held = open_case(case_id, desk, why="act on the account")
    held.must(Verb.ACT)
    return held, _for_account(open_reports(held.reports, desk.ring, why="act on the account"), account)


def _for_account(opened: list[OpenReport], account: AccountRef) -> OpenReport:
    """Return the report that names the account as one to protect; staff may act on others, which go with the first."""
    return next((each for each in opened if names(each, account)), opened[0])


def names(opened: OpenReport, account: AccountRef) -> bool:
    """Answer whether a report names this account as one to protect."""
    told = opened.told.answers.accounts
    return any(each.mine and (each.platform, each.handle) == (account.platform, account.handle) for each in told)


@transaction.atomic
def undo(
    case_id: UUID, bundle_id: UUID, *, reason: str, desk: Desk, proofs: Collection[Proof] = (), key: UUID | None = None
) -> UUID:
    """Order that a bundle of this case is undone."""
    given = _OnBundle(reason, proofs, desk, key)
    return given.order(safety.order_undo, case_id, bundle_id, why="undo an act")


@transaction.atomic
def confirm(
    case_id: UUID, bundle_id: UUID, *, reason: str, desk: Desk, proofs: Collection[Proof] = (), key: UUID | None = None
) -> UUID:
    """Order that a lock stays which a code alone had allowed for a while."""
    given = _OnBundle(reason, proofs, desk, key)
    return given.order(safety.confirm_lock, case_id, bundle_id, why="confirm a lock")


@dataclass(frozen=True)
class _OnBundle:
    """What staff say when they order something about a bundle that was carried out before."""

    reason: str
    proofs: Collection[Proof]
    desk: Desk
    key: UUID | None

    def order(self, verb: Callable[..., UUID], case_id: UUID, bundle_id: UUID, *, why: str) -> UUID:
        held = open_case(case_id, self.desk, why=why)
        held.must(Verb.ACT)
        subject, envelope = _where(held, bundle_id)
        return verb(
            bundle_id,
            case_id=subject,
            envelope=envelope,
            proofs=self.proofs,
            reason=self.reason,
            by=self.desk.actor,
            key=self.key,
        )


def look_again(case_id: UUID, bundle_id: UUID, desk: Desk) -> None:
    """Read the account's state back now. Asks the platform, so it holds no lock meanwhile."""
    why = "look at the account again"
    with transaction.atomic():
        subject, envelope = _where(open_case(case_id, desk, why=why), bundle_id)
    safety.look_again(bundle_id, case_id=subject, envelope=envelope, by=desk.actor)


def _where(held: OpenCase, bundle_id: UUID) -> tuple[UUID, Opened]:
    """Return what an order belongs to and is sealed to: a report's conversation, or the work file of the case."""
    if is_order_of(bundle_id, held.case.id):
        return held.case.id, held.work
    report = report_of_bundle(held.case.id, bundle_id, held.desk)
    return report, open_report(report, held.desk.ring, why="look at an act").conversation


def cost_for_reporter(report_id: UUID, account: AccountRef, bundle: Bundle, *, ring: Keyring, by: Actor) -> BundleCost:
    """Return what a bundle would cost: on this very account once a proof stands that it is the reporter's."""
    with transaction.atomic():
        opened = _own_account(report_id, account, ring, by, why="see what securing costs")
        stands = claim(
            report_id, envelope=opened.conversation, account=account, bundle=bundle, claimed=(), reason="", by=by
        )
    if not stands:
        return cost_on_any_account(bundle, account)
    return replace(safety.cost_of(bundle, account), proven=True)


@transaction.atomic
def order_by_reporter(
    report_id: UUID,
    *,
    account: AccountRef,
    bundle: Bundle,
    who_else_sees: WhoElse,
    reason: str,
    cost_shown: str,
    key: UUID,
    ring: Keyring,
    by: Actor,
) -> UUID:
    """Order a bundle as the reporter; which acts that carries depends on the proofs that stand."""
    opened = _own_account(report_id, account, ring, by, why="secure the account")
    return safety.order_bundle(
        case_id=report_id,
        envelope=opened.conversation,
        account=account,
        bundle=bundle,
        proofs=(),
        who_else_sees=who_else_sees,
        reason=reason,
        cost_shown=cost_shown,
        by=by,
        key=key,
        language=opened.told.answers.language,
    )


@transaction.atomic
def undo_by_reporter(
    report_id: UUID, bundle_id: UUID, *, reason: str, ring: Keyring, by: Actor, key: UUID | None = None
) -> UUID:
    """Order that a bundle is undone, as the reporter."""
    opened = open_report(report_id, ring, why="undo an act")
    return safety.order_undo(
        bundle_id, case_id=report_id, envelope=opened.conversation, proofs=(), reason=reason, by=by, key=key
    )


def send_code(
    report_id: UUID,
    *,
    account: AccountRef,
    bundle: Bundle,
    who_else_sees: WhoElse,
    ring: Keyring,
    by: Actor,
    language: str = "en",
) -> CodeSent:
    """Send a code to the reporter's account. Asks the platform, so it holds no lock meanwhile."""
    with transaction.atomic():
        opened = _own_account(report_id, account, ring, by, why="send a code")
    return safety.send_code(
        case_id=report_id,
        envelope=opened.conversation,
        account=account,
        bundle=bundle,
        who_else_sees=who_else_sees,
        by=by,
        language=language,
    )


def check_code(
    report_id: UUID, *, code_id: UUID, account: AccountRef, bundle: Bundle, typed: str, ring: Keyring, by: Actor
) -> None:
    """Take the code the reporter typed. A wrong try stays counted, so this runs in no transaction of ours."""
    with transaction.atomic():
        opened = _own_account(report_id, account, ring, by, why="check a code")
    safety.check_code(
        code_id=code_id,
        case_id=report_id,
        envelope=opened.conversation,
        account=account,
        bundle=bundle,
        typed=typed,
        by=by,
    )


@transaction.atomic
def vouch(report_id: UUID, account: AccountRef, *, reason: str, desk: Desk) -> None:
    """Record that the partner who filed this report vouches that the account belongs to whom they speak for."""
    opened = open_report(report_id, desk.ring, why="vouch for an account")
    organisation = opened.told.organisation
    if organisation is None or desk.organisation is None or organisation != desk.organisation.id:
        raise NotAllowed
    check_open(Stage(opened.case.stage))
    safety.record_vouch(
        report_id,
        envelope=opened.conversation,
        account=account,
        organisation=organisation,
        reason=reason,
        by=desk.actor,
    )


def _own_account(report_id: UUID, account: AccountRef, ring: Keyring, by: Actor, *, why: str) -> OpenReport:
    opened = open_report(report_id, ring, why=why)
    check_open(Stage(opened.case.stage))
    if by.id != report_id:
        raise NotAllowed
    if not names(opened, account):
        sentence = "This account is not in your report. Write to us that it is yours, and a person will look."
        raise Refused("account.not-named", sentence)
    return opened
