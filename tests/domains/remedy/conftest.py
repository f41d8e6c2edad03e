"""The cast with an open door, and a clock that stands."""

from tests.domains.cases.conftest import _a_fresh_door, programme, time

__all__ = ["_a_fresh_door", "programme", "time"]
