"""Worlds that many tests begin with: made in earnest once a minute, and after that put back by rows and files."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from safeconduct.domains.cases.services import rewrapping
from safeconduct.kernel import clock, keyfile

if TYPE_CHECKING:
    from tests.programme import Programme


@dataclass(frozen=True)
class _World:
    programme: "Programme"
    rows: dict[type[models.Model], list[models.Model]]
    files: dict[Path, bytes]


_worlds: dict[Hashable, _World] = {}


def once_a_minute(make: Callable[..., "Programme"]) -> Callable[..., "Programme"]:
    """Put back what was made in this minute of the test's clock; make it anew where something is there already."""

    @wraps(make)
    def made(*asked: str) -> "Programme":
        if _something_is_here():
            return make(*asked)
        key = (make, asked, clock.this_minute())
        if key in _worlds:
            return _put_back(_worlds[key])
        _worlds[key] = _kept(make(*asked))
        return _its_own(_worlds[key].programme)

    return made


def _something_is_here() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_any_row(connection.vendor))
        return bool(cursor.fetchone()) or any(Path(settings.DATA).iterdir())


@cache
def _any_row(_vendor: str) -> str:
    tables = [connection.ops.quote_name(model._meta.db_table) for model in _ours()]
    return " UNION ALL ".join(f"SELECT 1 WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608 - ours


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]


def _kept(programme: "Programme") -> _World:
    rows = {model: found for model in _ours() if (found := list(model._base_manager.all()))}
    paths = [path for path in Path(settings.DATA).rglob("*") if path.is_file()]
    files = {path.relative_to(settings.DATA): path.read_bytes() for path in paths}
    return _World(_its_own(programme), rows, files)


def _put_back(world: _World) -> "Programme":
    for name, content in world.files.items():
        keyfile.replace_file(Path(settings.DATA) / name, content)
    with transaction.atomic():
        for model, rows in world.rows.items():
            model._base_manager.bulk_create(rows)
    # People have the same ids as in an earlier test, but what came to them then is not here.
    rewrapping._looked_through.clear()
    return _its_own(world.programme)


def _its_own(programme: "Programme") -> "Programme":
    return replace(programme, cookies=dict(programme.cookies))
