"""An upheld appeal of the person acted on puts back what the platform can put back, and says so once it was seen."""

from dataclasses import replace

import pytest

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.cases.test_restraining import hide, is_hidden, juniper
from tests.domains.remedy.making import CHANGED, appeal, appeal_with, statement, taken
from tests.juniper import Juniper
from tests.programme import Programme

__all__ = ["juniper"]
pytestmark = pytest.mark.loopback


def hidden_and_decided(programme: Programme) -> MadeCase:
    made = make_case(programme, stage=Stage.TRIAGE)
    hide(programme, made)
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    return made


def test_a_hidden_message_is_shown_again_and_called_restored_only_once_it_was_read_back(
    programme: Programme, juniper: Juniper
) -> None:
    made, idris = hidden_and_decided(programme), programme.desk("idris")
    receipt = appeal_with(statement(programme, made))
    case = taken(receipt, idris).case
    assert case is not None
    (order,) = case.restraints

    services.decide_appeal(receipt.appeal_id, replace(CHANGED, undo=(order.id,)), idris)
    safety.carry_out()
    services.confirm_carried_out(receipt.appeal_id, programme.desk("idris"))

    outcome = queries.review_for(receipt.appeal_id, programme.desk("idris")).outcome
    assert order.bundle is Bundle.RESTRAIN
    assert outcome is not None
    assert outcome.read_back_at is not None
    assert not is_hidden(juniper)


def test_a_reporters_appeal_lifts_nothing_of_what_was_done_to_somebody_else(
    programme: Programme, juniper: Juniper
) -> None:
    made, idris = hidden_and_decided(programme), programme.desk("idris")
    receipt = appeal(made)
    case = taken(receipt, idris).case
    assert case is not None

    with pytest.raises(NotAllowed):
        services.decide_appeal(receipt.appeal_id, replace(CHANGED, undo=(case.restraints[0].id,)), idris)

    safety.carry_out()
    assert is_hidden(juniper)
