"""Promises about a report on its way in."""

import secrets
from typing import Any

import pytest

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed
from safeconduct.kernel.errors import NotAllowed, Refused
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


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"exclusions": Exclusions(person="n" * 1001)}, "who must not see this is longer than 1000"),
        ({"exclusions": Exclusions(person="Nobody\n" * 21)}, "at most 20 people"),
        ({"exclusions": Exclusions(countries=frozenset({"c" * 61}))}, "The country is longer than 60"),
        ({"tell": "t" * 2001}, "how you can be told is longer than 2000"),
        ({"who_in_danger": "w" * 2001}, "who is in danger is longer than 2000"),
        ({"country": "c" * 61}, "The country is longer than 60"),
        ({"language": "l" * 13}, "The language is longer than 12"),
        ({"accounts": (AccountNamed("p" * 61, "amina", mine=True),)}, "name of a platform is longer than 60"),
        (
            {"accounts": (AccountNamed("juniper-square", "h" * 201, mine=True),)},
            "name of an account is longer than 200",
        ),
        ({"links": ("https://juniper.example/" + "p" * 2000,)}, "A link is longer than 2000"),
    ],
)
def test_no_answer_is_without_end(programme: Programme, answers: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        make_case(programme, **answers)

    assert queries.queue_for(programme.desk("leyla")) == []


def test_answers_of_the_longest_kind_are_taken(programme: Programme) -> None:
    made = make_case(programme, tell="t" * 2000, country="c" * 60, exclusions=Exclusions(person="Idris\n" * 20))

    assert queries.conversation_for(made.report_id, made.ring).answers == made.answers


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
