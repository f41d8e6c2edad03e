"""The whole road on a platform that is reached only through the signed contract, and that fails in every way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from demoplatform import Fault
from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.safety import queries, services
from safeconduct.domains.safety.rules import Bundle, WhoElse
from safeconduct.vault import outbox
from tests.domains.safety.conftest import BY_AMINA, CASE, Scene, code_in
from tests.juniper import Juniper, juniper_square

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

AMINA = AccountRef("juniper-square", "amina")
CLAIMS = {"done-and-checked", "sent"}


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


def order(scene: Scene, bundle: Bundle = Bundle.SECURE_NOW) -> UUID:
    return scene.order(bundle, account=AMINA, cost_shown=services.cost_of(bundle, AMINA).shown)


def noticed(juniper: Juniper) -> str:
    """Return the last words that were put into Amina's account."""
    with juniper.square._store.open() as rows:
        words: str = rows.execute("SELECT words FROM notice ORDER BY rowid DESC").fetchone()[0]
    return words


def test_securing_is_read_back_from_the_platform(scene: Scene, juniper: Juniper) -> None:
    secured = order(scene)

    services.carry_out()

    assert scene.statuses(secured)["account.lock"] == "done-and-checked"
    assert juniper.connector.account("amina").locked is True
    assert scene.view(secured).has_snapshot


def test_hiding_and_showing_again(scene: Scene, juniper: Juniper) -> None:
    hidden = order(scene, Bundle.HIDE)
    services.carry_out()
    assert set(scene.statuses(hidden).values()) <= CLAIMS

    services.order_undo(
        hidden, case_id=CASE, envelope=scene.envelope, proofs=(), reason="She asked for it.", by=BY_AMINA
    )
    services.carry_out()

    undone = {word for act, word in scene.statuses(hidden).items() if act.endswith((".hide", ".close"))}
    assert undone == {"undone"}
    assert not any(juniper.connector.account("amina").facts.values())


def test_a_code_reaches_the_account_and_locks_until_the_platform_ends_it(scene: Scene, juniper: Juniper) -> None:
    bound = {"case_id": CASE, "envelope": scene.envelope, "account": AMINA, "bundle": Bundle.SECURE_NOW, "by": BY_AMINA}
    sent = services.send_code(**bound, who_else_sees=WhoElse.NOBODY)  # type: ignore[arg-type] # spelled out once
    words = noticed(juniper)
    services.check_code(**bound, code_id=sent.code_id, typed=code_in(words))  # type: ignore[arg-type] # the same

    by_her = scene.order_by_code(account=AMINA)
    services.carry_out()

    assert scene.statuses(by_her)["account.lock"] == "done-and-checked"
    state = juniper.connector.account("amina")
    assert state.locked_until is not None
    assert abs((state.locked_until - scene.time).total_seconds() - 72 * 3600) < 120


@pytest.mark.parametrize("fault", [each for each in Fault if each is not Fault.NONE])
def test_whatever_fails_nothing_is_claimed_that_is_not_so(scene: Scene, juniper: Juniper, fault: Fault) -> None:
    secured = order(scene)
    juniper.misbehave(fault)

    services.carry_out()

    juniper.square.switch.fault = Fault.NONE

    truly_locked = juniper.connector.account("amina").locked
    view = scene.view(secured)
    lock = next(step for step in view.steps if step.act is ActKind.ACCOUNT_LOCK)
    if lock.status.value == "done-and-checked":
        assert truly_locked
    if lock.status.value == "not-done":
        assert not truly_locked


def test_nothing_of_the_account_is_readable_without_the_conversation(
    scene: Scene, juniper: Juniper, data_folder: Path
) -> None:
    order(scene)
    services.carry_out()

    assert juniper.connector.account("amina").locked
    assert queries.bundles_for(CASE, {}) == []
    assert not [file for file in data_folder.rglob("*") if file.is_file() and b"amina" in file.read_bytes()]
