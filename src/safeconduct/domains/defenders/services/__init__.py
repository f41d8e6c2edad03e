"""The verbs of the room."""

from safeconduct.domains.defenders.rules import ASKING_LASTS
from safeconduct.domains.defenders.services.approving import approve, refuse
from safeconduct.domains.defenders.services.asking import ask_for, ask_from, withdraw
from safeconduct.domains.defenders.services.calling import see_alarm, send_waiting_calls
from safeconduct.domains.defenders.services.ending import tidy_askings
from safeconduct.domains.defenders.services.enrolling import Told, enrol, erase, erase_old, forget, let_go, tie_report
from safeconduct.domains.defenders.services.reading import HANDED, forget_handed, read_once
from safeconduct.domains.defenders.services.rewrapping import follow_benches

__all__ = [
    "ASKING_LASTS",
    "HANDED",
    "Told",
    "approve",
    "ask_for",
    "ask_from",
    "enrol",
    "erase",
    "erase_old",
    "follow_benches",
    "forget",
    "forget_handed",
    "let_go",
    "read_once",
    "refuse",
    "see_alarm",
    "send_waiting_calls",
    "tidy_askings",
    "tie_report",
    "withdraw",
]
