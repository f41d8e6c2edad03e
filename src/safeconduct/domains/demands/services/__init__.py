"""The verbs of the room."""

from safeconduct.domains.demands.services.answering import hand_over, hand_over_again, refuse
from safeconduct.domains.demands.services.considering import choose, consider, log_demand, propose
from safeconduct.domains.demands.services.following import follow_keys
from safeconduct.domains.demands.services.seconding import approve, send_back
from safeconduct.domains.demands.services.taking_over import take_over
from safeconduct.domains.demands.services.telling import keep_silent, tell

__all__ = [
    "approve",
    "choose",
    "consider",
    "follow_keys",
    "hand_over",
    "hand_over_again",
    "keep_silent",
    "log_demand",
    "propose",
    "refuse",
    "send_back",
    "take_over",
    "tell",
]
