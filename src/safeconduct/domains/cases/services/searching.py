"""Looking for a case: by an account or a partner's number, blind, or by words in one's own open cases."""

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import search
from safeconduct.domains.cases.queries.reach import check_staff
from safeconduct.domains.cases.services.indexing import index_waiting
from safeconduct.domains.cases.views import QueueRow
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.domains.early_warning.rules import Kind, Value

__all__ = ["cases_by_account", "cases_by_reference"]


def cases_by_account(handle: str, platform: str, desk: Desk) -> list[QueueRow]:
    """Return the cases this desk can open that name an account; ``platform`` may be empty. Refuses while asleep."""
    return _cases(Value(Kind.ACCOUNT, handle, platform), desk)


def cases_by_reference(reference: str, desk: Desk) -> list[QueueRow]:
    """Return the cases this desk can open that a partner filed under a number of their own. Refuses while asleep."""
    return _cases(Value(Kind.REFERENCE, reference), desk)


def _cases(value: Value, desk: Desk) -> list[QueueRow]:
    check_staff(desk)
    keys = early_warning.keys_for(desk)
    # First what waited: then nothing that this person can open is missed.
    index_waiting(desk, keys)
    return search.cases_naming(value, desk, keys=keys)
