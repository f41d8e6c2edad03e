"""Promises about a report on its way in."""

import secrets

import pytest

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import ANSWERS, make_case
from tests.programme import LISBON, Programme


def test_the_same_form_sent_twice_is_one_report_with_one_code(programme: Programme) -> None:
    nonce = secrets.token_bytes(32)

    first = intake.file_report(ANSWERS, nonce=nonce, by=ANONYMOUS)
    second = intake.file_report(ANSWERS, nonce=nonce, by=ANONYMOUS)

    assert (first.first, second.first) == (True, False)
    assert first.code == second.code
    assert first.report_id == second.report_id
    assert len(queries.queue_for(programme.desk("leyla"))) == 1


def test_the_code_opens_what_was_told(programme: Programme) -> None:
    made = make_case(programme)

    seen = queries.conversation_for(made.report_id, made.ring)

    assert seen.answers == ANSWERS
    assert seen.number == made.receipt.number
    assert seen.state == "waiting"


def test_an_excluded_team_sees_nothing_not_even_a_count(programme: Programme) -> None:
    excluded = Exclusions(team_ids=frozenset({programme.team_id(LISBON)}))
    made = make_case(programme, by="idris", exclusions=excluded)

    assert queries.queue_for(programme.desk("ines")) == []
    assert len(queries.queue_for(programme.desk("idris"))) == 1
    with pytest.raises(NotAllowed):
        queries.case_for(made.id, programme.desk("ines"))
