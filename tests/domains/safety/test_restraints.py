"""Acting against what attacks: one act by a person, its cost shown before, evidence first, read back, taken back."""

import json
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
from safeconduct.connectors.port import AccountRef, ActKind, same_handle
from safeconduct.domains.safety import queries, rules, services
from safeconduct.domains.safety.rules import Bundle
from safeconduct.domains.safety.services.costs import sign_shown
from safeconduct.domains.safety.views import BundleView, Restraint
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.safety.conftest import AMINAS_ACCOUNT, BY_AMINA, BY_INES, BY_TOMAS, CASE, Scene
from tests.domains.safety.platform import THE_HANDLE, THE_STRANGER, FakePlatform
from tests.juniper import Juniper, juniper_square

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

HAMMER = AccountRef("juniper-square", "hammer_of_truth")
HIDE_THREAT = Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-2003")
NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Juniper]:
    with juniper_square(tmp_path_factory.mktemp("juniper")) as square:
        yield square


@pytest.fixture
def juniper(running: Juniper, scene: Scene) -> Iterator[Juniper]:
    scene.time = datetime.now(UTC)  # noqa: TID251 - the platform goes by the machine's own clock
    outbox.keep_fresh()
    running.reset()
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
    asked["cost_shown"] = asked["cost_shown"] or services.cost_of_restraint(wanted, protected=()).shown
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
    return httpx.get(f"{juniper.address}/", trust_env=False, timeout=60).text


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
    cost = services.cost_of_restraint(HIDE_THREAT, protected=())

    assert cost.hindrance is None
    assert [str(each) for each in cost.cost.lost] == ["Nobody can see the post."]
    assert cost.cost.reversible
    assert [str(each) for each in cost.left_open] == ["Copies that other people made stay where they are."]
    assert not is_hidden(juniper)


def test_what_the_platform_would_refuse_is_said_before_anything_is_ordered(scene: Scene, juniper: Juniper) -> None:
    absent = services.cost_of_restraint(Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-9999"), protected=())
    unable = services.cost_of_restraint(Restraint(ActKind.ACCOUNT_DEACTIVATE, HAMMER), protected=())

    assert "There is no such post." in str(absent.hindrance)
    assert str(unable.hindrance) == "This platform cannot do this."


def test_nobody_orders_for_one_message_what_was_shown_for_another(scene: Scene, juniper: Juniper) -> None:
    shown = services.cost_of_restraint(HIDE_THREAT, protected=()).shown

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


def test_acting_against_anybody_without_a_reason_is_refused(scene: Scene, juniper: Juniper) -> None:
    with pytest.raises(Refused, match="which rule it breaks"):
        order(scene, reason=" ")


def test_taking_it_back_without_a_reason_is_refused(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    with pytest.raises(Refused, match="why it is taken back"):
        services.order_undo(hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason=" ", by=BY_INES)


def test_a_sanction_never_falls_on_an_account_to_protect(scene: Scene, juniper: Juniper) -> None:
    hers = frozenset({AccountRef("juniper-square", "@Hammer_of_Truth")})

    with pytest.raises(Refused, match="asks us to protect"):
        order(scene, protected=hers)


@pytest.mark.parametrize("pasted", ["p-1003", "http://127.0.0.1:8010/@amina#p-1003"])
def test_what_the_one_to_protect_wrote_is_never_taken_down_under_another_name(
    scene: Scene, juniper: Juniper, pasted: str
) -> None:
    hers = Restraint(ActKind.CONTENT_DISABLE, HAMMER, pasted)
    cost = services.cost_of_restraint(hers, protected=(AccountRef("juniper-square", "@Amina"),))

    assert str(cost.hindrance).startswith("What you named belongs to an account that a report asks us to protect.")
    with pytest.raises(Refused, match="Read first what this costs"):
        order(scene, hers, cost_shown=cost.shown or "none")


def test_what_another_account_wrote_is_refused_and_whose_it_is_is_said(scene: Scene, juniper: Juniper) -> None:
    cost = services.cost_of_restraint(Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-1003"), protected=())

    assert cost.item is not None
    assert cost.item.authors == ("amina",)
    assert str(cost.hindrance).startswith("What you named belongs to another account")


def test_whose_it_is_is_read_again_just_before_the_act(scene: Scene, juniper: Juniper) -> None:
    hers = Restraint(ActKind.CONTENT_DISABLE, HAMMER, "p-1003")
    shown = sign_shown(Bundle.RESTRAIN, HAMMER, f"{hers.act}\n{hers.item}\n{hers.until}")

    ordered = order(scene, hers, cost_shown=shown)
    services.carry_out()

    assert not is_hidden(juniper, "p-1003")
    assert scene.statuses(ordered) == {"content.disable": "not-done"}


def test_an_account_that_came_to_be_protected_is_spared_just_before_the_act(
    scene: Scene, platform: FakePlatform
) -> None:
    theirs = Restraint(ActKind.CONTENT_REMOVE, AccountRef("juniper-square", THE_STRANGER), "p-1")
    shown = services.cost_of_restraint(theirs, protected=()).shown
    platform.authors["p-1"] = THE_HANDLE

    ordered = order(scene, theirs, cost_shown=shown, protected=frozenset({AMINAS_ACCOUNT}))
    services.carry_out()

    assert platform.performed == []
    assert "asks us to protect" in str(scene.view(ordered).steps[0].why)


@pytest.mark.parametrize("act", [ActKind.CONTENT_DISABLE, ActKind.CONTENT_REMOVE, ActKind.INTERACTION_RESTRICT])
def test_where_a_platform_does_not_tell_whose_it_is_nothing_is_done(
    scene: Scene, platform: FakePlatform, act: ActKind
) -> None:
    platform.authors["p-1"] = ""

    cost = services.cost_of_restraint(Restraint(act, AccountRef("juniper-square", THE_STRANGER), "p-1"), protected=())

    assert str(cost.hindrance).startswith("This platform does not tell whose this is")
    assert cost.shown == ""


def test_where_a_connector_cannot_ask_whose_it_is_nothing_is_done(scene: Scene) -> None:
    class Unasked(FakePlatform):
        whose = None

    theirs = Restraint(ActKind.CONTENT_DISABLE, AccountRef("juniper-square", THE_STRANGER), "p-1")
    with registry.registered(Unasked()):
        cost = services.cost_of_restraint(theirs, protected=())

    assert str(cost.hindrance).startswith("This platform does not tell whose this is")
    assert cost.shown == ""


def test_the_copy_kept_first_is_of_the_very_message(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene)
    services.carry_out()

    kept = json.loads(queries.evidence_for(hidden, {scene.envelope.id: scene.envelope}).content)
    assert (kept["item"]["id"], kept["item"]["author"]) == ("p-2003", "hammer_of_truth")


def test_a_platform_that_lies_is_not_believed(scene: Scene, juniper: Juniper) -> None:
    juniper.misbehave(Fault.LYING)

    hidden = order(scene, cost_shown=services.cost_of_restraint(HIDE_THREAT, protected=()).shown)
    services.carry_out()

    assert scene.statuses(hidden) != {"content.disable": "done-and-checked"}


@pytest.mark.parametrize(
    ("act", "item", "until", "match"),
    [
        (ActKind.ACCOUNT_LOCK, "", None, "one of the acts"),
        (ActKind.CONTENT_DISABLE, " ", None, "the link or the id"),
        (ActKind.SESSIONS_REVOKE, "p-2003", None, "to the whole account"),
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

    assert same_handle(name, written)
    assert same_handle(f"@{name}:matrix.example", written)
    assert not same_handle(f"@{name}:matrix.example", f"@{name}:other.example")
    assert not same_handle(name, f"{name}x")
