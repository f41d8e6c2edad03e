"""Which database, and how it is opened: durable before fast."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from safeconduct.project.options import OPTIONS

# FULL, because a report must survive a power cut once its code is shown; IMMEDIATE, because two writers must
# queue rather than fail half-way through.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
    "PRAGMA secure_delete=ON;PRAGMA cache_size=-8000"
)


def configured(data: Path) -> dict[str, Any]:
    """Return Django's database dictionary for what the operator chose."""
    address = OPTIONS["DATABASE"].text()
    return postgresql(address) if address else sqlite(data / "safeconduct.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of an SQLite file at ``path``."""
    return {
        "ENGINE": "safeconduct.project.sqlite",
        "NAME": str(path),
        # Opening the file anew costs more than most requests: all its settings are made again, its schema read again.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Return the settings of a PostgreSQL server; a socket folder is given as ``?host=/folder``."""
    parts = urlsplit(address)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"application_name": "safeconduct"},
    }
