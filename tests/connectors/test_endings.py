"""Suspensions that have ended are ended everywhere, though one platform is silent."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from safeconduct.audit.models import Waiting
from safeconduct.connectors import registry
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Unavailable
from safeconduct.project import rounds

pytestmark = pytest.mark.one_database


@dataclass
class Ending:
    platform: str
    ended: int | None
    simulated: bool = True

    def end_what_is_over(self, tell: Callable[[], None]) -> int:
        if self.ended is None:
            raise Unavailable("silent", "The platform did not answer.")
        for _ in range(self.ended):
            tell()
        return self.ended


def test_a_silent_platform_keeps_nobody_elses_suspension_going() -> None:
    told: list[str] = []

    with registry.registered(Ending("a", None)), registry.registered(Ending("b", 2)):
        assert registry.end_what_is_over(told.append) == 2

    assert told == ["b", "b"]


@pytest.mark.django_db
def test_each_reinstatement_is_recorded_and_names_nobody() -> None:
    with registry.registered(Ending("b", 2)):
        rounds.end_suspensions()

    entries = [*Waiting.objects.filter(action="account.reinstated")]
    assert len({entry.subject for entry in entries}) == 2
    assert {entry.actor for entry in entries} == {str(BY_RULE)}
