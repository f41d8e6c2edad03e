"""A second story on a real homeserver, from the case: a flag becomes evidence, acts are ordered and taken back."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind, ActOrder, Result
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import EvidenceKind, Stage
from safeconduct.domains.cases.services import flags, protection, restraining
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.programme import Programme
from tests.standing import _a_fresh_door
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import PASSWORD, Matrix
from tests.synapse.test_account_deeds import wait_until_the_new_database_is_ready

__all__ = ["_a_fresh_door"]

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]
WHY = "Threatens her at her door. Rule 4."


@pytest.fixture
def programme(db: None, data_folder: object, matrix: Matrix) -> Iterator[Programme]:
    founded = make_programme()
    outbox.retire()
    outbox.keep_fresh()
    with registry.registered(matrix.connector):
        yield founded
    outbox.retire()


@pytest.fixture
def attacked(programme: Programme, matrix: Matrix, troll: SignedIn) -> MadeCase:
    platform = matrix.connector.platform
    hers, theirs = (AccountNamed(platform, who.name, mine=who is matrix.amina) for who in (matrix.amina, troll))
    return make_case(programme, stage=Stage.TRIAGE, accounts=(hers, theirs))


def acts(programme: Programme, made: MadeCase, act: ActKind, handle: str, item: str = "") -> UUID:
    """Order one act against an account from the page that showed its cost, and let the worker do it."""
    desk = programme.desk("ines")
    platform = queries.case_for(made.id, desk).accounts[0].platform
    wanted = Restraint(act, AccountRef(platform, handle), item)
    shown = restraining.cost(made.id, wanted, desk).shown
    order = restraining.order(made.id, wanted, reason=WHY, cost_shown=shown, desk=desk, key=new_id())
    safety.carry_out()
    return order


def takes_back(programme: Programme, made: MadeCase, order: UUID) -> None:
    desk = programme.desk("ines")
    protection.undo(made.id, order, reason="An appeal found it too much.", desk=desk, key=new_id())
    safety.carry_out()


def statuses(programme: Programme, made: MadeCase) -> list[StepStatus]:
    return [step.status for act in queries.case_for(made.id, programme.desk("ines")).acts for step in act.steps]


def test_what_was_pressed_becomes_evidence_and_a_picture_is_hidden_and_shown_again(
    programme: Programme, attacked: MadeCase, matrix: Matrix, troll: SignedIn
) -> None:
    desk, platform = programme.desk("ines"), matrix.connector.platform
    room, picture = matrix.room_of(matrix.amina, troll), matrix.uploads(troll)
    said = matrix.says(troll, room, "her-door.png", msgtype="m.image", url=picture)
    matrix.flags(matrix.amina, room, said, "It shows my door.")
    flag = next(one for one in flags.flags_waiting(platform, desk).flags if one.item == said)
    flags.put_into_case(platform, flag.id, attacked.receipt.number, desk)
    kept = {each.what for each in queries.case_for(attacked.id, desk).evidence}
    assert {EvidenceKind.FLAG, EvidenceKind.MESSAGE} <= kept

    hidden = acts(programme, attacked, ActKind.CONTENT_DISABLE, troll.name, said)
    assert not matrix.can_load(matrix.amina, picture)
    takes_back(programme, attacked, hidden)

    assert matrix.can_load(matrix.amina, picture)
    assert statuses(programme, attacked) == [StepStatus.UNDONE, StepStatus.DONE_AND_CHECKED]


def test_an_attackers_sign_ins_end_and_the_account_is_closed_opened_again_and_given_a_password(
    programme: Programme, attacked: MadeCase, matrix: Matrix, troll: SignedIn
) -> None:
    wait_until_the_new_database_is_ready(matrix)
    assert [one.id for one in matrix.connector.account(troll.name).sessions or ()] == [troll.device]
    acts(programme, attacked, ActKind.SESSIONS_REVOKE, troll.name)
    assert matrix.homeserver.whoami(troll) == (401, "M_UNKNOWN_TOKEN")

    closed = acts(programme, attacked, ActKind.ACCOUNT_DEACTIVATE, troll.name)
    assert not matrix.can_sign_in(troll, PASSWORD)
    takes_back(programme, attacked, closed)

    # An account that was opened again has no password; who gets one, and how, has to be on record.
    order = ActOrder(ActKind.CREDENTIALS_RESET, troll.name, uuid4(), words="thistle-harbour-cobble-91")
    assert matrix.connector.perform(order).result is Result.NOT_DONE
    reset = ActOrder(order.act, order.handle, uuid4(), words=order.words, way_back="Called the number from 2024.")
    assert matrix.connector.perform(reset).result is Result.DONE_AND_CHECKED
    assert matrix.can_sign_in(troll, order.words)
    done = StepStatus.DONE_AND_CHECKED
    assert statuses(programme, attacked) == [done, StepStatus.UNDONE, done]
