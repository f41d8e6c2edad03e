"""The cast with an open door, and a clock that stands."""

from tests.domains.cases.conftest import programme
from tests.standing import _a_fresh_door, time

__all__ = ["_a_fresh_door", "programme", "time"]
