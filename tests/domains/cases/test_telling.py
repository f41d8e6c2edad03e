"""Promises about what others hear and what a partner can prove."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeconduct.audit.proofs import verify_bundle
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.events import AnswerGiven, CaseDecided, ReportReceived
from safeconduct.domains.cases.rules import Linkage, Stage
from safeconduct.domains.cases.services import decisions
from safeconduct.domains.cases.values import Contribution
from safeconduct.domains.partners import services as bells
from safeconduct.domains.partners.models import Bell
from safeconduct.kernel import events
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.cases.making import make_case, make_programme, open_door, partner_origin
from tests.partnership import found_with_partners


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    facts: list[object] = []
    monkeypatch.setattr(events, "announce", facts.append)
    return facts


@pytest.fixture
def worker() -> Iterator[None]:
    """A worker that is awake."""
    outbox.retire()
    outbox.keep_fresh()
    yield
    outbox.retire()


def test_others_hear_ids_once_it_is_certain(
    programme: Any, heard: list[object], django_capture_on_commit_callbacks: Any
) -> None:
    origin = partner_origin(programme)
    with django_capture_on_commit_callbacks(execute=True):
        made = make_case(programme, stage=Stage.DECIDED, origin=origin)
        assert not [fact for fact in heard if isinstance(fact, CaseDecided)]

    assert origin.organisation is not None
    assert ReportReceived(made.report_id, made.id) in heard
    assert CaseDecided(made.report_id, made.id, origin.organisation.id) in heard
    assert not [fact for fact in heard if isinstance(fact, AnswerGiven)]


@pytest.mark.django_db(transaction=True)
def test_a_partner_proves_the_clock_of_its_own_report_and_of_no_other(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme, stage=Stage.DECIDED, origin=partner_origin(programme))
    other = make_case(programme)
    tomas = programme.desk("tomas")

    proof = queries.clock_proof(made.report_id, tomas.ring).as_json()

    assert verify_bundle(proof, pinned_key=None).holds
    assert "report.received" in proof
    assert "report.decided" in proof
    assert "case.taken" not in proof
    assert str(other.report_id) not in proof
    assert "Harbour" not in json.dumps(proof)
    for report_id in (other.report_id, new_id()):
        with pytest.raises(NotAllowed):
            queries.clock_proof(report_id, tomas.ring)


def test_closing_a_case_rings_the_bell_of_its_partner(
    db: None, data_folder: Path, worker: None, django_capture_on_commit_callbacks: Any
) -> None:
    programme = found_with_partners()
    open_door(programme)
    bells.set_hook("http://127.0.0.1:9/bell", by=programme.desk("tomas"))
    made = make_case(programme, stage=Stage.DECIDED, origin=partner_origin(programme))
    before = Bell.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        contribution = Contribution(Linkage.NONE)
        decisions.close_case(made.id, contribution, feedback_asked=False, desk=programme.desk("ines"))

    assert Bell.objects.count() == before + 1
