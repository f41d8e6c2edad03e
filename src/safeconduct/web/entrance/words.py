"""What people read about members and teams: roles, kinds, standing, and what differs from what was signed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.accounts.values import Role, Standing, TeamKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"

ROLES: Mapping[Role, Text] = {
    Role.RESPONDER: gettext_lazy("Responder"),
    Role.APPEAL_REVIEWER: gettext_lazy("Appeal reviewer"),
    Role.LEAD: gettext_lazy("Lead"),
    Role.CUSTODIAN: gettext_lazy("Custodian"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.PARTNER: gettext_lazy("Partner"),
}
KINDS: Mapping[TeamKind, Text] = {
    TeamKind.INTAKE: gettext_lazy("Intake"),
    TeamKind.LEAD: gettext_lazy("Leads"),
    TeamKind.PARTNER: gettext_lazy("Partner organisation"),
    TeamKind.EARLY_WARNING: gettext_lazy("Early warning"),
    TeamKind.BENCH_A: gettext_lazy("Bench: first half of identities"),
    TeamKind.BENCH_B: gettext_lazy("Bench: second half of identities"),
}
STANDINGS: Mapping[Standing, Text] = {
    Standing.INVITED: gettext_lazy("Has not signed in yet"),
    Standing.WAITING: gettext_lazy("Waits for custodians"),
    Standing.READY: gettext_lazy("Signed by two custodians"),
    Standing.CHANGED: gettext_lazy("Changed since it was signed"),
    Standing.REMOVED: gettext_lazy("Left"),
}
CHANGES: Mapping[str, Text] = {
    "country": gettext_lazy("country"),
    "everything": gettext_lazy("everything"),
    "key": gettext_lazy("key"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "names": gettext_lazy("names"),
    "organisation": gettext_lazy("organisation"),
    "recipient": gettext_lazy("key"),
    "revision": gettext_lazy("an older entry"),
    "roles": gettext_lazy("roles"),
    "teams": gettext_lazy("teams"),
}


def standing(one: Standing) -> str:
    """Say how far someone is on the way to being handed keys."""
    return str(STANDINGS[one])


def roles(names: Iterable[str]) -> str:
    """Name roles one after the other, with the comma of the page's language."""
    return _named(ROLES, names)


def kind(name: str) -> str:
    """Name what a team's key is for."""
    return _named(KINDS, [name])


def changes(names: Iterable[str]) -> str:
    """Name what differs from the words that were signed."""
    return _(", ").join(dict.fromkeys(str(CHANGES.get(name, name)) for name in names))


def _named(known: Mapping[Any, Text], names: Iterable[str]) -> str:
    # A word that somebody wrote into the table stays as it is, so that whoever looks sees it.
    return _(", ").join(sorted(str(known.get(name, name)) for name in names))
