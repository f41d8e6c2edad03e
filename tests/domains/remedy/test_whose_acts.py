"""An appeal undoes what was done to whoever appeals, or for them. It is no way to somebody else's account."""

from dataclasses import replace
from uuid import UUID

import pytest

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.safety import services as safety
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.cases.test_protection import secure
from tests.domains.cases.test_restraining import hide, juniper
from tests.domains.remedy.making import CHANGED, appeal, appeal_with, statement, taken
from tests.juniper import Juniper
from tests.programme import Programme

__all__ = ["juniper"]
pytestmark = pytest.mark.loopback


@pytest.fixture
def secured(programme: Programme, juniper: Juniper) -> MadeCase:
    """Give a decided case in which Amina's account was locked and the stranger's message hidden."""
    made = make_case(programme, stage=Stage.TRIAGE)
    secure(programme, made)
    hide(programme, made)
    safety.carry_out()
    assert juniper.connector.account("amina").locked
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    return made


def hers(programme: Programme, appeal_id: UUID) -> UUID:
    case = queries.review_for(appeal_id, programme.desk("idris")).case
    assert case is not None
    return case.conversations[0].acts[0].id


def test_the_appeal_of_the_person_acted_on_never_undoes_what_was_done_for_the_account_they_attacked(
    programme: Programme, juniper: Juniper, secured: MadeCase
) -> None:
    receipt = appeal_with(statement(programme, secured))
    taken(receipt, programme.desk("idris"))
    theirs = hers(programme, receipt.appeal_id)

    with pytest.raises(NotAllowed):
        services.decide_appeal(receipt.appeal_id, replace(CHANGED, undo=(theirs,)), programme.desk("idris"))

    safety.carry_out()
    assert juniper.connector.account("amina").locked
    page = programme.browser("idris").get(f"/console/appeals/{receipt.appeal_id}/decide").content.decode()
    assert str(theirs) not in page


def test_a_reporters_own_appeal_undoes_what_was_ordered_for_them(programme: Programme, secured: MadeCase) -> None:
    receipt = appeal(secured)
    taken(receipt, programme.desk("idris"))
    theirs = hers(programme, receipt.appeal_id)
    page = programme.browser("idris").get(f"/console/appeals/{receipt.appeal_id}/decide").content.decode()
    assert str(theirs) in page

    services.decide_appeal(receipt.appeal_id, replace(CHANGED, undo=(theirs,)), programme.desk("idris"))

    outcome = queries.review_for(receipt.appeal_id, programme.desk("idris")).outcome
    assert outcome is not None
    assert len(outcome.undone) == 1
