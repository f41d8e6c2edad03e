"""What changes in this room: what ended is counted, a period is closed."""

from safeconduct.domains.transparency.services.closing import close_period, preview
from safeconduct.domains.transparency.services.counting import count_appeal, count_closed, count_demand, follow_keys
from safeconduct.domains.transparency.services.forgetting import forget_destroyed

__all__ = ["close_period", "count_appeal", "count_closed", "count_demand", "follow_keys", "forget_destroyed", "preview"]
