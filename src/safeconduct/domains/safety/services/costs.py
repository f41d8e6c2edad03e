"""What a bundle would cost, shown before anyone can order it."""

from django.core import signing
from django.utils.crypto import salted_hmac

from safeconduct.connectors import wording
from safeconduct.connectors.incoming import WarnsOfAny
from safeconduct.connectors.port import UNDONE_BY, AccountRef, ActKind, Capabilities, Capability, Connector, Cost
from safeconduct.connectors.registry import connector_for
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.domains.safety.rules import COST_SHOWN_LASTS, STEPS, Bundle
from safeconduct.domains.safety.views import BundleCost, StepCost
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused

_SALT = "safety.cost-shown"
_NEEDED_FOR_A_CODE = frozenset({Capability.ACCOUNT_LOCK_UNTIL, Capability.ACCOUNT_LOCK_HISTORY})
# The platform's own sentences count the account's devices and apps.
_UNCOUNTED = {
    ActKind.SESSIONS_REVOKE: _("Every device is signed out."),
    ActKind.TOKENS_REVOKE: _("Every connected app loses access."),
}


def cost_of(bundle: Bundle, account: AccountRef) -> BundleCost:
    """Ask the platform what each step would cost. Changes nothing; ``Unavailable`` if the platform is silent."""
    connector = connector_for(account.platform)
    capabilities = connector.capabilities()
    return BundleCost(
        account=account,
        bundle=bundle,
        steps=tuple(StepCost(act, connector.cost(act, account.handle)) for act in STEPS[bundle]),
        locks_by_code=locks_by_code(capabilities),
        shown=sign_shown(bundle, account, by_code=locks_by_code(capabilities)),
    )


def locks_by_code(capabilities: Capabilities) -> bool:
    """Answer whether a platform can do what a code alone allows: a lock that ends by itself, and none soon again."""
    return capabilities.offered >= _NEEDED_FOR_A_CODE


def cost_on_any_account(bundle: Bundle, account: AccountRef) -> BundleCost:
    """Return what each step costs on whatever account, for someone of whom nothing is proven yet.

    The platform is not asked about the account: an answer would say that it exists, and how it is used.
    """
    connector = connector_for(account.platform)
    capabilities = connector.capabilities()
    return BundleCost(
        account=account,
        bundle=bundle,
        steps=tuple(StepCost(act, _ordinary(act, capabilities, connector)) for act in STEPS[bundle]),
        locks_by_code=locks_by_code(capabilities),
        shown=sign_shown(bundle, account, by_code=locks_by_code(capabilities)),
    )


def _ordinary(act: ActKind, capabilities: Capabilities, connector: Connector) -> Cost:
    if not capabilities.can(act):
        return Cost(act, possible=False, why_not=wording.CANNOT)
    lost = _UNCOUNTED.get(act) or wording.LOST.get(act)
    way_back = UNDONE_BY.get(act)
    warned = connector.lost_on_any(act) if isinstance(connector, WarnsOfAny) else ()
    return Cost(
        act,
        possible=True,
        lost=(*((Sentence(lost),) if lost else ()), *warned),
        seen=wording.seen_after(act),
        reversible=way_back is not None and capabilities.can(way_back),
        undo_days=capabilities.undo_days if way_back else None,
    )


def check_shown(shown: str, *, bundle: Bundle, account: AccountRef, about: str = "") -> bool:
    """Refuse an order whose cost was not shown in the last hour for this very account, bundle and act.

    Returns whether the platform could then do what a code alone allows.
    """
    try:
        kept = signing.loads(shown, salt=_SALT)
    except signing.BadSignature:
        kept = {}
    fresh = kept.get("at", 0) > clock.now().timestamp() - COST_SHOWN_LASTS.total_seconds()
    if not fresh or kept.get("for") != _mark(bundle, account, about):
        raise Refused("cost.not-shown", "Read first what this costs. The page shows it again now; then order it there.")
    return kept.get("by-code") is True


def sign_shown(bundle: Bundle, account: AccountRef, about: str = "", *, by_code: bool = True) -> str:
    """Return the proof that a page carries of what it showed."""
    shown = {"at": int(clock.now().timestamp()), "for": _mark(bundle, account, about), "by-code": by_code}
    return signing.dumps(shown, salt=_SALT)


def _mark(bundle: Bundle, account: AccountRef, about: str) -> str:
    # Keyed, so that a form kept in a browser names no account.
    named = f"{bundle}\n{account.platform}\n{account.handle}\n{about}"
    return salted_hmac(_SALT, named, algorithm="sha256").hexdigest()
