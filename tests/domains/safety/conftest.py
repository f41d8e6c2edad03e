"""What the tests of safety stand on: a platform in memory, a worker that is awake, an open conversation, a clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.safety import limits, queries, services
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from safeconduct.domains.safety.services import carrying, costs
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.vault import Opened, outbox
from tests.domains.safety.platform import THE_HANDLE, FakePlatform

AMINAS_ACCOUNT = AccountRef("juniper-square", THE_HANDLE)
CASE = UUID("11111111-1111-4111-8111-111111111111")
OTHER_CASE = UUID("22222222-2222-4222-8222-222222222222")
BY_AMINA = Actor(ActorKind.REPORTER, CASE)
BY_INES = Actor(ActorKind.MEMBER, UUID("33333333-3333-4333-8333-333333333333"))
BY_TOMAS = Actor(ActorKind.PARTNER_MEMBER, UUID("44444444-4444-4444-8444-444444444444"))
HARBOUR = UUID("55555555-5555-4555-8555-555555555555")
MORNING = datetime(2026, 11, 20, 9, 0, 20, tzinfo=UTC)


@dataclass
class Scene:
    """A clock that a test moves, and the calls it makes most."""

    envelope: Opened = field(default_factory=lambda: Opened(UUID(int=1, version=4), b"k" * 32))
    time: datetime = MORNING

    def later(self, **ahead: float) -> None:
        self.time += timedelta(**ahead)
        outbox.keep_fresh()

    def order(self, bundle: Bundle = Bundle.SECURE_NOW, **changes: Any) -> UUID:
        asked: dict[str, Any] = {
            "case_id": CASE,
            "envelope": self.envelope,
            "account": AMINAS_ACCOUNT,
            "proofs": {Proof.RESPONDER_CHECK},
            "who_else_sees": WhoElse.UNKNOWN,
            "reason": "She read me the last three sign-ins by telephone.",
            "by": BY_INES,
        }
        asked |= changes
        asked.setdefault("cost_shown", costs.sign_shown(bundle, asked["account"]))
        return services.order_bundle(bundle=bundle, **asked)

    def prove_by_code(self, platform: FakePlatform, bundle: Bundle = Bundle.SECURE_NOW) -> None:
        bound: dict[str, Any] = {
            "case_id": CASE,
            "envelope": self.envelope,
            "account": AMINAS_ACCOUNT,
            "bundle": bundle,
            "by": BY_AMINA,
        }
        sent = services.send_code(**bound, who_else_sees=WhoElse.NOBODY)
        services.check_code(**bound, code_id=sent.code_id, typed=code_in(platform.notices[-1]))

    def order_by_code(self, **changes: Any) -> UUID:
        return self.order(**({"proofs": (), "who_else_sees": WhoElse.NOBODY, "by": BY_AMINA, "reason": ""} | changes))

    def view(self, bundle_id: UUID) -> BundleView:
        views = queries.bundles_for(CASE, {self.envelope.id: self.envelope})
        return next(view for view in views if view.id == bundle_id)

    def statuses(self, bundle_id: UUID) -> dict[str, str]:
        return {step.act.value: step.status.value for step in self.view(bundle_id).steps}


def code_in(words: str) -> str:
    """Return the eight digits of a message."""
    return "".join(sign for sign in words if sign.isdigit())[:8]


@pytest.fixture
def platform() -> Iterator[FakePlatform]:
    fake = FakePlatform()
    with registry.registered(fake):
        yield fake


@pytest.fixture
def scene(db: None, platform: FakePlatform) -> Iterator[Scene]:
    limits.codes_today._counts.clear()
    carrying._rests_until.clear()
    working = Scene()
    with clock.use(lambda: working.time):
        outbox.retire()
        outbox.keep_fresh()
        yield working
        outbox.retire()
