"""The ids that a form names. A damaged one gets the answer of one that is somebody else's."""

from uuid import UUID

from django.http import HttpRequest

from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id


def id_in(request: HttpRequest, field: str) -> UUID:
    """Return the id that a field of the form carries; ``NotAllowed`` where it carries none."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        raise NotAllowed from None


def form_key(request: HttpRequest) -> UUID:
    """Return the key a form was drawn with, so that sending it twice is one deed; a new one where it brought none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return new_id()
