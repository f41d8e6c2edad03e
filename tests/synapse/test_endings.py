"""Ends of suspensions are kept, even where the homeserver's list of them was damaged."""

from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote

import pytest

from safeconduct.connectors.synapse import endings
from safeconduct.connectors.synapse.admin import Admin

pytestmark = pytest.mark.one_database
US = "@safeconduct:matrix.example"
OVER = "2026-01-01T00:00:00+00:00"


@dataclass
class Told:
    """What a homeserver was told to do, with the list that it keeps for us."""

    ends: dict[str, str]
    reinstated: list[str] = field(default_factory=list)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        name = unquote(path.rpartition("/")[2])
        if method == "GET":
            return {"ends": self.ends} if endings.KEPT_AS in path else {"suspended": name not in self.reinstated}
        if endings.KEPT_AS in path:
            self.ends = (body or {})["ends"]
        else:
            self.reinstated.append(name)
        return {}


@pytest.mark.parametrize("unreadable", ["soon", "2026-01-01T00:00:00", ""])
def test_one_time_that_cannot_be_read_keeps_nobody_elses_suspension_going(unreadable: str) -> None:
    homeserver = Told({"@troll:a": unreadable, "@other:a": OVER})

    assert endings.end_what_is_over(cast("Admin", homeserver), US, lambda: None) == 1

    assert homeserver.reinstated == ["@other:a"]
    assert homeserver.ends == {"@troll:a": unreadable}


def test_a_reinstatement_that_could_not_be_recorded_is_done_and_told_again() -> None:
    homeserver, told = Told({"@other:a": OVER}), list[str]()

    def falls() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        endings.end_what_is_over(cast("Admin", homeserver), US, falls)
    endings.end_what_is_over(cast("Admin", homeserver), US, lambda: told.append("once"))

    assert (told, homeserver.ends) == (["once"], {})
