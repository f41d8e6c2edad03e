"""What changes in this room: a closed case is counted, a period is closed."""

from safeconduct.domains.transparency.services.closing import close_period, preview
from safeconduct.domains.transparency.services.counting import count_closed, follow_keys

__all__ = ["close_period", "count_closed", "follow_keys", "preview"]
