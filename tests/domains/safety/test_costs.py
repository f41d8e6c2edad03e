from datetime import timedelta

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.synapse.costs import on_any
from safeconduct.domains.safety import services
from safeconduct.domains.safety.rules import STEPS, Bundle
from safeconduct.domains.safety.services.costs import cost_on_any_account
from safeconduct.kernel.errors import Refused, Unavailable
from tests.domains.safety.conftest import AMINAS_ACCOUNT, Scene
from tests.domains.safety.platform import FakePlatform


@pytest.mark.usefixtures("scene")
def test_every_step_says_what_is_lost_before_anything_is_ordered(platform: FakePlatform) -> None:
    cost = services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT)

    assert [step.act for step in cost.steps] == list(STEPS[Bundle.SECURE_NOW])
    sessions = next(step.cost for step in cost.steps if step.act is ActKind.SESSIONS_REVOKE)
    assert [str(sentence) for sentence in sessions.lost] == ["3 sessions end."]
    assert [str(sentence) for sentence in sessions.seen] == ["The phone shows the sign-in page."]
    assert not platform.performed


class _Warning(FakePlatform):
    """A platform whose acts cost something that ours do not know."""

    def lost_on_any(self, act: ActKind) -> tuple[Sentence, ...]:
        return on_any(act)


@pytest.mark.usefixtures("scene")
def test_whoever_has_proven_nothing_still_reads_that_encrypted_messages_can_be_lost() -> None:
    with registry.registered(_Warning()):
        cost = cost_on_any_account(Bundle.SECURE_NOW, AMINAS_ACCOUNT)

    lost = {step.act: " ".join(str(each) for each in step.cost.lost) for step in cost.steps}
    assert "Encrypted messages can never be read again, unless" in lost[ActKind.SESSIONS_REVOKE]


def test_what_was_shown_allows_the_order(scene: Scene) -> None:
    cost = services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT)

    assert scene.order(cost_shown=cost.shown)


@pytest.mark.parametrize("shown", ["", "made-up", "eyJhdCI6MX0:1vM:x"])
def test_nobody_orders_what_they_were_not_shown(scene: Scene, shown: str) -> None:
    with pytest.raises(Refused, match="Read first what this costs"):
        scene.order(cost_shown=shown)


def test_the_cost_of_one_account_is_not_the_cost_of_another(scene: Scene) -> None:
    cost = services.cost_of(Bundle.SECURE_NOW, AccountRef("juniper-square", "somebody.else"))

    with pytest.raises(Refused):
        scene.order(cost_shown=cost.shown)


def test_the_cost_of_one_bundle_is_not_the_cost_of_another(scene: Scene) -> None:
    cost = services.cost_of(Bundle.HIDE, AMINAS_ACCOUNT)

    with pytest.raises(Refused):
        scene.order(Bundle.SECURE_NOW, cost_shown=cost.shown)


def test_a_cost_shown_an_hour_ago_is_shown_again(scene: Scene) -> None:
    cost = services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT)
    scene.later(seconds=timedelta(hours=1).total_seconds() + 1)

    with pytest.raises(Refused):
        scene.order(cost_shown=cost.shown)


@pytest.mark.usefixtures("scene")
def test_what_was_shown_names_no_account() -> None:
    cost = services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT)

    assert AMINAS_ACCOUNT.handle not in cost.shown


@pytest.mark.usefixtures("scene")
def test_a_silent_platform_has_no_cost_and_says_that_nothing_was_changed(platform: FakePlatform) -> None:
    platform.silent = True

    with pytest.raises(Unavailable, match="Nothing was changed"):
        services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT)
