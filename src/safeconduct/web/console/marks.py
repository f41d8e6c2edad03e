"""Marks that stand for an account in a form, so that its name travels in no address and no log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety.rules import is_protected
from safeconduct.kernel.errors import NotAllowed


@dataclass(frozen=True)
class MarkedAccount:
    """An account to protect, and its mark on this case's forms; who wrote it down and when, where staff did."""

    account: AccountRef
    mark: str
    written_by: str = ""
    written_at: datetime | None = None


def marked(case: CaseView) -> list[MarkedAccount]:
    """Return the accounts that the reports ask to protect, each once."""
    accounts: dict[AccountRef, AccountNamed] = {}
    for named in case.accounts:
        if named.mine:
            accounts.setdefault(AccountRef(named.platform, named.handle), named)
    return [
        MarkedAccount(account, mark_of(case.id, account), named.written_by, named.written_at)
        for account, named in accounts.items()
    ]


def every_marked(case: CaseView) -> list[MarkedAccount]:
    """Return all accounts that the reports name, those that attack too, each once."""
    accounts = dict.fromkeys(AccountRef(named.platform, named.handle) for named in case.accounts)
    return [MarkedAccount(account, mark_of(case.id, account)) for account in accounts]


def marked_as_attacking(case: CaseView) -> list[MarkedAccount]:
    """Return the accounts that the reports name as attacking, each once, less those that any asks to protect."""
    protected = [one.account for one in marked(case)]
    return [one for one in every_marked(case) if not is_protected(one.account, protected)]


def mark_of(case_id: UUID, account: AccountRef) -> str:
    """Return the mark. It differs from case to case, so that nobody can follow an account by it."""
    named = f"{case_id}\n{account.platform}\n{account.handle}"
    return salted_hmac("console.account", named, algorithm="sha256").hexdigest()[:32]


def account_marked(case: CaseView, mark: str) -> AccountRef:
    """Return the account that a form names. Nobody acts on an account that no report asks to protect."""
    for one in marked(case):
        if one.mark == mark:
            return one.account
    raise NotAllowed
