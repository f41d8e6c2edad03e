"""Acting against what attacks: one act by a person, its cost shown before, evidence first, read back, taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoplatform import Fault
from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.safety import queries, rules, services
from safeconduct.domains.safety.views import BundleView, Restraint
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.safety.conftest import BY_AMINA, BY_INES, BY_TOMAS, CASE, Scene
from tests.juniper import Juniper, juniper_square

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

HAMMER = AccountRef("juniper-square", "hammer_of_truth")
HIDE_THREAT = Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-2003")
NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Juniper]:
    with juniper_square(tmp_path_factory.mktemp("juniper"), patience_seconds=2) as square:
        yield square


@pytest.fixture
def juniper(running: Juniper, scene: Scene) -> Iterator[Juniper]:
    scene.time = datetime.now(UTC)  # noqa: TID251 - the platform goes by the machine's own clock
    outbox.keep_fresh()
    running.square.reset()
    with registry.registered(running.connector):
        yield running


def is_hidden(juniper: Juniper, post: str = "p-2003") -> bool:
    with juniper.square._store.open() as rows:
        return bool(rows.execute("SELECT disabled FROM post WHERE id = ?", (post,)).fetchone()[0])


def order(scene: Scene, wanted: Restraint = HIDE_THREAT, **changes: Any) -> UUID:
    asked: dict[str, Any] = {
        "case_id": CASE,
        "work": scene.envelope,
        "protected": frozenset(),
        "reason": "It threatens that nine people will come. Rule 4, threats.",
        "cost_shown": "",
        "by": BY_INES,
        "key": new_id(),
    } | changes
    asked["cost_shown"] = asked["cost_shown"] or services.cost_of_restraint(wanted).shown
    return services.order_restraint(wanted, **asked)


def only_view(scene: Scene, order_id: UUID) -> BundleView:
    return next(each for each in queries.bundles_for(CASE, {scene.envelope.id: scene.envelope}) if each.id == order_id)


def test_a_hidden_message_is_read_back_with_evidence_from_before(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    assert is_hidden(juniper)
    assert scene.statuses(hidden) == {"content.disable": "done-and-checked"}
    assert only_view(scene, hidden).item == "p-2003"
    kept = queries.evidence_for(hidden, {scene.envelope.id: scene.envelope})
    assert b"Nine people will come to visit you" in kept.content


def test_visitors_of_the_platform_see_that_it_is_hidden_and_then_read_it_again(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()
    while_hidden = on_the_square(juniper)
    services.order_undo(hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason="A quotation.", by=BY_INES)
    services.carry_out()

    assert "This post is not available while it is being looked at." in while_hidden
    assert "Nine people will come to visit you." not in while_hidden
    assert "Nine people will come to visit you." in on_the_square(juniper)


def on_the_square(juniper: Juniper) -> str:
    return httpx.get(f"{juniper.address}/", trust_env=False).text


def test_what_was_hidden_is_shown_again_when_a_person_takes_it_back(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    services.order_undo(hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason="A quotation.", by=BY_INES)
    services.carry_out()

    assert not is_hidden(juniper)
    assert scene.statuses(hidden) == {"content.disable": "undone"}
    assert not only_view(scene, hidden).can_undo


def test_a_message_that_was_shown_again_elsewhere_is_found_so_when_somebody_looks(
    scene: Scene, juniper: Juniper
) -> None:
    hidden = order(scene)
    services.carry_out()
    with juniper.square._store.open() as rows:
        rows.execute("UPDATE post SET disabled = 0 WHERE id = 'p-2003'")

    services.look_again(hidden, case_id=CASE, envelope=scene.envelope, by=BY_INES)

    assert scene.statuses(hidden) == {"content.disable": "not-done"}


def test_its_cost_is_rehearsed_and_changes_nothing(scene: Scene, juniper: Juniper) -> None:
    cost = services.cost_of_restraint(HIDE_THREAT)

    assert cost.hindrance is None
    assert [str(each) for each in cost.cost.lost] == ["Nobody can see the post."]
    assert cost.cost.reversible
    assert [str(each) for each in cost.left_open] == ["Copies that other people made stay where they are."]
    assert not is_hidden(juniper)


def test_what_the_platform_would_refuse_is_said_before_anything_is_ordered(scene: Scene, juniper: Juniper) -> None:
    absent = services.cost_of_restraint(Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-9999"))
    unable = services.cost_of_restraint(Restraint(ActKind.ACCOUNT_DEACTIVATE, HAMMER))

    assert "There is no such post." in str(absent.hindrance)
    assert str(unable.hindrance) == "This platform cannot do this."


def test_nobody_orders_for_one_message_what_was_shown_for_another(scene: Scene, juniper: Juniper) -> None:
    shown = services.cost_of_restraint(HIDE_THREAT).shown

    with pytest.raises(Refused, match="Read first what this costs"):
        order(scene, Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-2004"), cost_shown=shown)


def test_the_same_form_twice_is_one_order(scene: Scene, juniper: Juniper) -> None:
    key = new_id()

    assert order(scene, key=key) == order(scene, key=key)
    assert len(queries.bundles_for(CASE, {scene.envelope.id: scene.envelope})) == 1


def test_only_a_person_of_ours_orders_it_or_takes_it_back(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    for somebody in (BY_AMINA, BY_TOMAS):
        with pytest.raises(NotAllowed):
            order(scene, by=somebody)
        with pytest.raises(NotAllowed):
            services.order_undo(hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason="Please.", by=somebody)


def test_taking_it_back_without_a_reason_is_refused(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    with pytest.raises(Refused, match="why it is taken back"):
        services.order_undo(hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason=" ", by=BY_INES)


def test_a_sanction_never_falls_on_an_account_to_protect(scene: Scene, juniper: Juniper) -> None:
    hers = frozenset({AccountRef("juniper-square", "@Hammer_of_Truth")})

    with pytest.raises(Refused, match="asks us to protect"):
        order(scene, protected=hers)


def test_a_platform_that_lies_is_not_believed(scene: Scene, juniper: Juniper) -> None:
    juniper.misbehave(Fault.LYING)

    hidden = order(scene, cost_shown=services.cost_of_restraint(HIDE_THREAT).shown)
    services.carry_out()

    assert scene.statuses(hidden) != {"content.disable": "done-and-checked"}


@pytest.mark.parametrize(
    ("act", "item", "until", "match"),
    [
        (ActKind.ACCOUNT_LOCK, "", None, "one of the acts"),
        (ActKind.CONTENT_DISABLE, " ", None, "the link or the id"),
        (ActKind.ACCOUNT_SUSPEND, "", None, "when the suspension ends"),
        (ActKind.ACCOUNT_SUSPEND, "", NOW, "when the suspension ends"),
        (ActKind.ACCOUNT_SUSPEND, "", NOW + timedelta(days=366), "when the suspension ends"),
        (ActKind.ACCOUNT_DEACTIVATE, "", NOW + timedelta(days=1), "Only a suspension"),
    ],
)
def test_what_does_not_say_on_what_or_until_when_is_refused(
    act: ActKind, item: str, until: datetime | None, match: str
) -> None:
    with pytest.raises(Refused, match=match):
        rules.check_restraint(act, item=item, until=until, now=NOW)


@given(st.from_regex(r"[a-z0-9._-]{1,12}", fullmatch=True), st.sampled_from(["", "@"]), st.booleans())
def test_one_account_is_known_in_every_way_it_is_written(name: str, sign: str, loud: bool) -> None:  # noqa: FBT001 - Hypothesis gives it so
    written = sign + (name.upper() if loud else name)

    assert rules.same_handle(name, written)
    assert rules.same_handle(f"@{name}:matrix.example", written)
    assert not rules.same_handle(f"@{name}:matrix.example", f"@{name}:other.example")
    assert not rules.same_handle(name, f"{name}x")
