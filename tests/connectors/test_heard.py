"""What platforms tell of by themselves is counted, and thrown away."""

from collections.abc import Iterator

import pytest

from safeconduct.connectors import heard
from safeconduct.connectors.incoming import Happening, Happenings
from safeconduct.kernel import clock

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _nothing_heard() -> Iterator[None]:
    heard.forget()
    yield
    heard.forget()


def test_only_a_number_and_a_minute_stay_of_what_was_told() -> None:
    told = Happening("$1", "m.room.message", clock.now(), "@amina:p.example", "!room", '{"body": "Good morning"}')

    heard.count(Happenings("matrix", (told, told)))
    heard.count(Happenings("matrix", (told,)))

    assert heard.heard_from("matrix").count == 3
    assert heard.heard_from("another") == heard.Heard()
    assert "amina" not in repr(vars(heard)["_heard"])
