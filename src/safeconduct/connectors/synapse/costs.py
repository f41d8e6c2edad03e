"""What is particular to Matrix about an act's cost: above all, whether encrypted messages can be read again."""

from collections.abc import Callable
from types import MappingProxyType

from safeconduct.connectors.port import ActKind
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse.account_deeds import ENDED_BY_US

BACKUP = Sentence(
    _("A key backup is set up. Whoever has its recovery key can read the encrypted messages again after signing in.")
)
NO_BACKUP = Sentence(
    _("No key backup is set up. Encrypted messages can never be read again once their devices are signed out.")
)
MAY_HAVE_NO_BACKUP = Sentence(
    _(
        "Encrypted messages can never be read again, unless the account has a key backup "
        "and you still have its recovery key."
    )
)
KEPT_BEHIND_THE_LOCK = Sentence(_("Devices stay signed in behind the lock and work again once it is unlocked."))
CLOSED_FOR_GOOD = Sentence(
    _("The account leaves its rooms. Rooms, settings, recovery addresses and the key backup do not come back.")
)
_ENDS_SESSIONS = frozenset({ActKind.SESSIONS_REVOKE, ActKind.SESSION_END, ActKind.CREDENTIALS_RESET})
_ALWAYS = MappingProxyType(
    {
        ActKind.ACCOUNT_LOCK: (KEPT_BEHIND_THE_LOCK,),
        ActKind.ACCOUNT_SUSPEND: (ENDED_BY_US,),
        ActKind.ACCOUNT_DEACTIVATE: (CLOSED_FOR_GOOD,),
    }
)


def particular(act: ActKind, has_key_backup: Callable[[], bool]) -> tuple[Sentence, ...]:
    """Return what Matrix adds to an act's cost."""
    if act in _ENDS_SESSIONS:
        return (BACKUP,) if has_key_backup() else (NO_BACKUP,)
    return _ALWAYS.get(act, ())


def on_any(act: ActKind) -> tuple[Sentence, ...]:
    """Return what Matrix adds to an act's cost where nobody has looked at the account."""
    return (MAY_HAVE_NO_BACKUP,) if act in _ENDS_SESSIONS else _ALWAYS.get(act, ())
