"""Who may come in, and what their browser may run: those who work on cases, and no script but our own."""

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.http import HttpRequest, HttpResponseBase

from safeconduct.accounts.values import Desk, Role
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.sessions import for_members

Page = Callable[..., HttpResponseBase]

OUR_SCRIPT = {"script-src": [SELF], "connect-src": [SELF]}
# Were a browser ever to open a stranger's file instead of saving it, it could run nothing and reach nothing.
CAGE = {"default-src": [NONE], "sandbox": [True]}


def for_staff(page: Page) -> Page:
    """Hand the page its ``desk``. Strangers go to the sign-in page; partners and custodians find nothing."""
    opened: Page = csp_update(OUR_SCRIPT)(_for_case_workers(_scripted(page)))
    return opened


def for_called(page: Page) -> Page:
    """Hand the page its ``desk``, for whoever works on cases and for custodians: both are woken for what waits."""
    opened: Page = csp_update(OUR_SCRIPT)(_for_called(_scripted(page)))
    return opened


def for_files(page: Page) -> Page:
    """Let the same people in, to bytes that a browser must treat as dangerous."""
    opened: Page = csp(CAGE)(_for_case_workers(page))
    return opened


def _scripted(page: Page) -> Page:
    """Let the frame load our script, but only where the policy above lets a browser run it."""

    @wraps(page)
    def marked(request: HttpRequest, *rest: object, **named: object) -> HttpResponseBase:
        vars(request)["scripted"] = True
        return page(request, *rest, **named)

    return marked


def for_reviewers(page: Page) -> Page:
    """Hand the page its ``desk``, for those who decide appeals. Whoever works on cases alone finds nothing."""
    opened: Page = csp_update(OUR_SCRIPT)(_for_reviewers(page))
    return opened


def for_reviewers_files(page: Page) -> Page:
    """Let reviewers in, to bytes that a browser must treat as dangerous."""
    opened: Page = csp(CAGE)(_for_reviewers(page))
    return opened


def _for_any_of(*roles: Role) -> Callable[[Page], Page]:
    def door(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, desk: Desk, *rest: object, **named: object) -> HttpResponseBase:
            if desk.roles.isdisjoint(roles):
                raise NotAllowed
            return page(request, desk, *rest, **named)

        return for_members(guarded)

    return door


_for_reviewers = _for_any_of(Role.APPEAL_REVIEWER)
_for_called = _for_any_of(Role.RESPONDER, Role.LEAD, Role.CUSTODIAN)
_for_case_workers = _for_any_of(Role.RESPONDER, Role.LEAD)
