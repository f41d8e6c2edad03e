"""What this service keeps, read from its own tables: each column, sealed or not, and what it says at its worst."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

# Bytes that only somebody's key opens; other bytes are public keys, marks, hashes and signatures.
SEALED = re.compile(r"sealed\w*|inner|wrapped_seed")
PRIVACY = re.compile(r"Privacy: (none|staff|pseudonym|sealed)\.?\s*$")
OURS = "safeconduct."


@dataclass(frozen=True)
class Table:
    """One table as an auditor reads it. ``privacy`` names its worst column."""

    name: str
    privacy: str
    rows: int
    sealed: tuple[str, ...]
    clear: tuple[str, ...]


def tables() -> Iterator[Table]:
    """Yield every table of ours, in the order of the floors."""
    for model in apps.get_models():
        if model.__module__.startswith(OURS):
            sealed = [each.attname for each in _columns(model) if is_sealed(each)]
            clear = [each.attname for each in _columns(model) if not is_sealed(each)]
            yield Table(model._meta.label, _privacy(model), _rows(model), tuple(sealed), tuple(clear))  # noqa: SLF001 - Django's documented name


def is_sealed(column: "Field[Any, Any]") -> bool:
    """Answer whether only somebody's key opens what stands in a column."""
    return column.get_internal_type() == "BinaryField" and SEALED.fullmatch(column.name) is not None


def _columns(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(model._meta.concrete_fields)  # noqa: SLF001 - Django's documented name


def _rows(model: type[Model]) -> int:
    return model._default_manager.count()  # noqa: SLF001 - Django's documented name


def _privacy(model: type[Model]) -> str:
    found = PRIVACY.search((model.__doc__ or "").strip())
    return found.group(1) if found else "not said"
