"""How the operator's helpdesk is doing."""

from safeconduct.domains.cases.models import LinkRecord

TRIED_ENOUGH = 3


def untold_link_records() -> int:
    """Return how many records the helpdesk refused again and again."""
    return LinkRecord.objects.filter(tries__gte=TRIED_ENOUGH).count()
