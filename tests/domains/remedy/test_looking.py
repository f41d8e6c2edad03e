"""What a reviewer opens is counted for their own eyes and written down, as what staff open is."""

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases.queries import exposure_for
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import evidence
from safeconduct.domains.remedy import queries, services
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import DECISION, make_case
from tests.domains.remedy.making import appeal
from tests.programme import Programme


def test_a_file_of_the_case_is_saved_after_taking_alone_and_written_down(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.ACTING)
    kept = evidence.add_text(made.id, "The post was gone at 10:02.", note="What I saw.", desk=programme.desk("ines"))
    services.decide_case(made.id, DECISION, programme.desk("ines"))
    receipt, idris = appeal(made), programme.desk("idris")

    refused = []
    for look in (services.lift_veil, lambda *said: queries.piece_under_review(said[0], said[1], said[-1])):
        with pytest.raises(Refused) as before_taking:
            look(receipt.appeal_id, kept, Showing.ORIGINAL, idris)
        refused.append(before_taking.value.code)
    services.take_appeal(receipt.appeal_id, idris)
    services.lift_veil(receipt.appeal_id, kept, Showing.ORIGINAL, idris)

    assert refused == ["appeal.take-first"] * 2
    assert exposure_for(idris).hour.lifted == 1
    assert sum(entry.action == "veil.lifted" for entry in audit.entries_for(made.id)) == 1


def test_whoever_decided_lifts_nothing_by_an_appeal(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.DECIDED, by="leyla")
    receipt = appeal(made)

    with pytest.raises(NotAllowed):
        services.lift_veil(receipt.appeal_id, made.report_id, Showing.WORDS, programme.desk("leyla"))
