"""Logging: events with ids, and nothing else. What is not known to be harmless is dropped before it is written."""

import logging.config
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any
from uuid import UUID

import structlog

# Words that programs choose, never people: names of events, rounds, faults, counts, ids.
HARMLESS_KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "round",
        "fault",
        "count",
        "port",
        "seconds",
        "stage",
        "severity",
        "code",
        "status",
        "where",
    }
)
AN_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
A_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def harmless(key: str, value: object) -> bool:
    """Return whether a value may be written: a number, an id, or a short programmed word under a known key."""
    if isinstance(value, bool | int | float | UUID) or value is None:
        return True
    text = str(value)
    return bool(AN_ID.fullmatch(text)) or (
        key in HARMLESS_KEYS and (key == "timestamp" or bool(A_WORD.fullmatch(text)))
    )


def only_ids(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Replace whatever is not known to be harmless by a sign that something was left out."""
    return {key: value if harmless(key, value) else "left-out" for key, value in event.items() if key != "exc_info"}


class OnlyIds(logging.Filter):
    """Cuts a library's log record down to its logger's name and level: its message may quote a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it through."""
        record.msg, record.args = "library.%s", (record.name,)
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def set_up() -> None:
    """Send structlog's events and the libraries' warnings to standard error, one JSON line each, ids only."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_ids,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=_standard_error()),
        wrapper_class=structlog.make_filtering_bound_logger(20),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"only_ids": {"()": OnlyIds}},
            "formatters": {"line": {"format": '{"event": "%(message)s", "level": "%(levelname)s"}'}},
            "handlers": {
                "line": {"class": "logging.StreamHandler", "filters": ["only_ids"], "formatter": "line"},
                "nowhere": {"class": "logging.NullHandler"},
            },
            "root": {"handlers": ["line"], "level": "WARNING"},
            # Django logs the path of each refused request, and paths may hold what somebody typed.
            "loggers": {
                name: {"handlers": ["nowhere"], "propagate": False} for name in ("django.request", "django.security")
            },
        }
    )


def tell_of_fault(**_signal: object) -> None:
    """Write where a page failed and by what kind of fault: never its text, which may quote what somebody typed."""
    kind, _, trace = sys.exc_info()
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    ours = [frame for frame in frames if str(frame.f_globals.get("__name__", "")).startswith("safeconduct.")]
    where = f"{ours[-1].f_globals['__name__']}-{ours[-1].f_lineno}" if ours else "outside"
    structlog.get_logger().error("page.fault", fault=kind.__name__ if kind else "unknown", where=where)


def _standard_error() -> Any:  # noqa: ANN401 - structlog takes any text stream
    return sys.stderr
