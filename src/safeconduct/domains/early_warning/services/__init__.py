"""Everything that changes the index: waking it, putting it to sleep, naming reports in it, and its next key."""

from safeconduct.domains.early_warning.services.naming import name_report, sweep
from safeconduct.domains.early_warning.services.rebuilding import begin_anew, forget_set_aside, note_rebuilding
from safeconduct.domains.early_warning.services.rotating import begin_rotation, carry, follow_keys
from safeconduct.domains.early_warning.services.waking import keys_for, nobody_awake, opened_keys, put_to_sleep, wake

__all__ = [
    "begin_anew",
    "begin_rotation",
    "carry",
    "follow_keys",
    "forget_set_aside",
    "keys_for",
    "name_report",
    "nobody_awake",
    "note_rebuilding",
    "opened_keys",
    "put_to_sleep",
    "sweep",
    "wake",
]
