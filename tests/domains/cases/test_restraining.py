"""Acting from a case against what attacks its defender: staff of the case alone order it, read it and take it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import EvidenceKind, Stage
from safeconduct.domains.cases.services import protection, restraining, work
from safeconduct.domains.safety import queries as acts
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, StepStatus
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from safeconduct.vault import services as vault
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.juniper import Juniper, juniper_square
from tests.programme import Programme

pytestmark = pytest.mark.loopback

HAMMER = AccountRef("juniper-square", "hammer_of_truth")
THREAT = Restraint(ActKind.CONTENT_DISABLE, HAMMER, "https://juniper.example/#p-2003")
WHY = "It threatens that nine people will come. Rule 4, threats."


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path / "juniper") as square, registry.registered(square.connector):
        outbox.retire()
        outbox.keep_fresh()
        yield square
        outbox.retire()


def hide(programme: Programme, made: MadeCase, wanted: Restraint = THREAT, name: str = "ines") -> None:
    desk = programme.desk(name)
    shown = restraining.cost(made.id, wanted, desk).shown
    restraining.order(made.id, wanted, reason=WHY, cost_shown=shown, desk=desk, key=new_id())
    safety.carry_out()


def is_hidden(juniper: Juniper) -> bool:
    with juniper.square._store.open() as rows:
        return bool(rows.execute("SELECT disabled FROM post WHERE id = 'p-2003'").fetchone()[0])


def test_a_message_is_hidden_from_the_case_and_its_evidence_stays_there(programme: Programme, juniper: Juniper) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    hide(programme, made)

    opened = queries.case_for(made.id, programme.desk("ines"))
    assert is_hidden(juniper)
    assert opened.stage is Stage.ACTING
    assert [(each.bundle, each.steps[0].status) for each in opened.acts] == [
        (Bundle.RESTRAIN, StepStatus.DONE_AND_CHECKED)
    ]
    kept = [each for each in opened.evidence if each.what is EvidenceKind.BEFORE_AN_ACT]
    piece = queries.piece_for(made.id, kept[0].id, programme.desk("ines"))
    assert b"Nine people will come" in b"".join(piece)


def test_neither_reporter_nor_partner_reads_what_was_done_to_somebody_else(
    programme: Programme, juniper: Juniper
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, origin=partner_origin(programme))
    hide(programme, made)

    rings = [made.ring, programme.desk("tomas").ring]
    assert [queries.conversation_for(made.report_id, ring).acts for ring in rings] == [(), ()]
    envelopes = [queries.conversation_for(made.report_id, ring).conversation for ring in rings]
    opened = vault.open(envelopes, ring=made.ring, why="try")
    assert acts.bundles_for(made.id, opened) == []


def test_what_was_done_stays_with_the_work_file_when_cases_are_linked(programme: Programme, juniper: Juniper) -> None:
    kept = make_case(programme, stage=Stage.TRIAGE)
    gone = make_case(programme, stage=Stage.TRIAGE)
    hide(programme, gone)
    desk = programme.desk("ines")

    work.link_reports(gone.id, kept.id, desk)

    (ordered,) = queries.case_for(kept.id, desk).acts
    protection.look_again(kept.id, ordered.id, desk)
    protection.undo(kept.id, ordered.id, reason="It was a quotation.", desk=desk, key=new_id())
    safety.carry_out()
    assert not is_hidden(juniper)


def test_nobody_acts_against_anybody_from_a_case_they_have_not_taken(programme: Programme, juniper: Juniper) -> None:
    made, taken = make_case(programme), make_case(programme, stage=Stage.TRIAGE)

    with pytest.raises(Refused, match="Take it first"):
        hide(programme, made)
    with pytest.raises(NotAllowed):
        hide(programme, taken, name="idris")
    assert not is_hidden(juniper)


def test_the_platform_is_not_even_asked_about_an_account_to_protect(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    hers = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", "@Amina"))

    with pytest.raises(Refused, match="asks us to protect"):
        restraining.cost(made.id, hers, programme.desk("ines"))
