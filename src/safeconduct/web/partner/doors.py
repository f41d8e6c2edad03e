"""Who may come in: members of a partner that is vetted now. Everyone else finds nothing."""

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponseBase

from safeconduct.accounts.values import Desk, MemberKind
from safeconduct.domains.partners import queries as partners
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.sessions import for_members

Page = Callable[..., HttpResponseBase]

# Were a browser ever to open a stranger's file instead of saving it, it could run nothing and reach nothing.
CAGE = {"default-src": [NONE], "sandbox": [True]}


def for_partners(page: Page) -> Page:
    """Hand the page its ``desk`` and the ``organisation``. Strangers go to the sign-in page; staff find nothing."""

    @wraps(page)
    def guarded(request: HttpRequest, desk: Desk, *rest: object, **named: object) -> HttpResponseBase:
        if desk.kind is not MemberKind.PARTNER:
            raise NotAllowed
        return page(request, desk, partners.organisation_for(desk), *rest, **named)

    return for_members(guarded)


def for_partners_files(page: Page) -> Page:
    """Let the same people in, to bytes that a browser must treat as dangerous."""
    opened: Page = csp(CAGE)(for_partners(page))
    return opened
