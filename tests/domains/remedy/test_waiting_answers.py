"""Whoever appealed hears that something waits, and those who count hear that an appeal ended: nothing more."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import fields
from pathlib import Path
from uuid import UUID

import pytest

from safeconduct.domains.cases.rules import Threat
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.models import Bell
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.rules import Conclusion, Lane, Side
from safeconduct.kernel import events
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.cases.making import open_door, partner_origin
from tests.domains.remedy.making import UPHELD, appeal, make_decided, plea
from tests.partnership import found_with_partners
from tests.programme import Programme

Captured = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def programme(db: None, data_folder: Path) -> Iterator[Programme]:
    founded = found_with_partners()
    open_door(founded)
    outbox.retire()
    outbox.keep_fresh()
    yield founded
    outbox.retire()


@pytest.fixture
def appealed(programme: Programme) -> UUID:
    """Let Harbour Helpline, whose bell is set, appeal; Idris takes it."""
    tomas = programme.desk("tomas")
    partners.set_hook("http://127.0.0.1:9/bell", by=tomas)
    made = make_decided(programme, origin=partner_origin(programme))
    receipt = services.appeal_as_partner(made.report_id, plea(), ring=tomas.ring, organisation=tomas.organisation)
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))
    Bell.objects.all().delete()
    return receipt.appeal_id


def test_a_partner_s_bell_says_that_an_answer_waits(
    programme: Programme, appealed: UUID, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.decide_appeal(appealed, UPHELD, programme.desk("idris"))

    assert Bell.objects.count() == 1


def test_a_partner_s_bell_says_that_a_reviewer_wrote(
    programme: Programme, appealed: UUID, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.write_as_reviewer(appealed, "Which post do you mean?", programme.desk("idris"), key=new_id())

    assert Bell.objects.count() == 1


def test_those_who_count_hear_that_an_appeal_ended_and_not_which(
    programme: Programme, django_capture_on_commit_callbacks: Captured
) -> None:
    made, heard = make_decided(programme, country="TR"), list[AppealDecided]()
    events.subscribe(AppealDecided, heard.append)
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))

    with django_capture_on_commit_callbacks(execute=True):
        services.decide_appeal(receipt.appeal_id, UPHELD, programme.desk("idris"))

    (fact,) = heard
    assert fact == AppealDecided(
        Side.REPORTER, Lane.USUAL, Conclusion.UPHELD, True, "TR", (Threat.T5,), "ar", leads_may_know=True
    )
    assert not [each.name for each in fields(fact) if each.name.endswith("id")]
