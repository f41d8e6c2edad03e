"""Promises about acting on an account from a case, on a platform that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import protection, work
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.juniper import Juniper, juniper_square
from tests.programme import Programme

pytestmark = pytest.mark.loopback

AMINA = AccountRef("juniper-square", "amina")
STRANGER = AccountRef("juniper-square", "stranger")
CHECKED = "She read me the last three sign-ins."


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path / "juniper") as square, registry.registered(square.connector):
        outbox.retire()
        outbox.keep_fresh()
        yield square
        outbox.retire()


def secure(programme: Programme, made: MadeCase, name: str = "ines") -> None:
    desk = programme.desk(name)
    protection.order(
        made.id,
        account=AMINA,
        bundle=Bundle.SECURE_NOW,
        proofs={Proof.RESPONDER_CHECK},
        who_else_sees=WhoElse.UNKNOWN,
        reason=CHECKED,
        cost_shown=protection.cost(made.id, AMINA, Bundle.SECURE_NOW, desk).shown,
        desk=desk,
        key=new_id(),
    )


def test_an_account_is_secured_and_reporter_and_staff_read_the_same_record(
    programme: Programme, juniper: Juniper
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    secure(programme, made)
    safety.carry_out()

    mine = queries.conversation_for(made.report_id, made.ring).acts
    theirs = queries.case_for(made.id, programme.desk("ines")).acts

    assert mine == theirs
    assert mine[0].steps[0].status is StepStatus.DONE_AND_CHECKED
    assert juniper.connector.account("amina").locked
    assert queries.case_for(made.id, programme.desk("ines")).stage is Stage.ACTING


def test_what_was_done_can_be_undone_from_the_case(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    secure(programme, made)
    safety.carry_out()
    act = queries.case_for(made.id, programme.desk("ines")).acts[0]

    protection.undo(
        made.id, act.id, reason=CHECKED, desk=programme.desk("ines"), proofs={Proof.RESPONDER_CHECK}, key=new_id()
    )
    safety.carry_out()

    assert not juniper.connector.account("amina").locked


def test_acts_stay_with_their_conversation_when_cases_are_linked(programme: Programme, juniper: Juniper) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE, accounts=())
    gone = make_case(programme, stage=Stage.TRIAGE)
    secure(programme, gone)

    work.link_reports(gone.id, kept.id, programme.desk("ines"))
    safety.carry_out()

    assert len(queries.case_for(kept.id, programme.desk("ines")).acts) == 1
    assert len(queries.conversation_for(gone.report_id, gone.ring).acts) == 1
    assert queries.conversation_for(kept.report_id, kept.ring).acts == ()
    act = queries.case_for(kept.id, programme.desk("ines")).acts[0]
    protection.look_again(kept.id, act.id, programme.desk("ines"))


def test_nobody_acts_on_a_case_they_have_not_taken(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme)

    with pytest.raises(Refused, match="Take it first"):
        secure(programme, made)


def test_a_reporter_acts_only_on_the_accounts_of_their_own_report(programme: Programme, juniper: Juniper) -> None:
    made, other = make_case(programme), make_case(programme)

    assert protection.cost_for_reporter(
        made.report_id, AMINA, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter
    ).shown
    with pytest.raises(Refused, match="not in your report"):
        protection.cost_for_reporter(made.report_id, STRANGER, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter)
    with pytest.raises(NotAllowed):
        protection.cost_for_reporter(other.report_id, AMINA, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter)


def test_a_reporter_without_a_proof_orders_nothing(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme)
    cost = protection.cost_for_reporter(made.report_id, AMINA, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter)

    with pytest.raises(Refused, match="Nobody has shown yet"):
        protection.order_by_reporter(
            made.report_id,
            account=AMINA,
            bundle=Bundle.SECURE_NOW,
            who_else_sees=WhoElse.NOBODY,
            reason="",
            cost_shown=cost.shown,
            key=new_id(),
            ring=made.ring,
            by=made.reporter,
        )


def test_a_partner_s_vouch_lets_its_defender_secure_the_account(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme, origin=partner_origin(programme))
    protection.vouch(made.report_id, AMINA, reason="We have known her since 2019.", desk=programme.desk("tomas"))
    cost = protection.cost_for_reporter(made.report_id, AMINA, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter)

    protection.order_by_reporter(
        made.report_id,
        account=AMINA,
        bundle=Bundle.SECURE_NOW,
        who_else_sees=WhoElse.UNKNOWN,
        reason="",
        cost_shown=cost.shown,
        key=new_id(),
        ring=made.ring,
        by=made.reporter,
    )
    safety.carry_out()

    assert juniper.connector.account("amina").locked


def test_nobody_vouches_in_a_conversation_that_is_not_theirs(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme)

    for name in ("tomas", "ines"):
        with pytest.raises(NotAllowed):
            protection.vouch(made.report_id, AMINA, reason="We know her.", desk=programme.desk(name))
