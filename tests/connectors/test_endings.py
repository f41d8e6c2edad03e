"""Suspensions that have ended are ended everywhere, though one platform is silent."""

from dataclasses import dataclass

import pytest

from safeconduct.connectors import registry
from safeconduct.kernel.errors import Unavailable

pytestmark = pytest.mark.one_database


@dataclass
class Ending:
    platform: str
    ended: int | None
    simulated: bool = True

    def end_what_is_over(self) -> int:
        if self.ended is None:
            raise Unavailable("silent", "The platform did not answer.")
        return self.ended


def test_a_silent_platform_keeps_nobody_elses_suspension_going() -> None:
    with registry.registered(Ending("a", None)), registry.registered(Ending("b", 2)):
        assert registry.end_what_is_over() == 2
