"""Ten appeals cost as many questions to the database as one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.accounts.values import Exclusions, Role
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.papers import Left
from safeconduct.domains.remedy.queries import reviewers
from tests.domains.remedy.making import appeal, joined, make_decided
from tests.programme import Programme


def asked(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as questions:
        read()
    return len(questions)


def test_ten_appeals_cost_as_many_questions_as_one(programme: Programme) -> None:
    idris = programme.desk("idris")
    reads = (
        lambda: queries.queue_for(idris),
        reviewers.unassignable_appeals,
        lambda: services.rewrap_reviews(idris),
    )

    def settled() -> list[int]:
        services.rewrap_reviews(idris)
        return [asked(each) for each in reads]

    appeal(make_decided(programme))
    with_one = settled()
    for _ in range(9):
        appeal(make_decided(programme))

    assert settled() == with_one
    assert len(queries.queue_for(idris)) == 10


def test_every_appeal_is_followed_though_only_a_few_at_each_sign_in(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safeconduct.domains.remedy.services.rewrapping.A_FEW", 1)
    receipts = [appeal(make_decided(programme)) for _ in range(3)]
    noor = joined(programme, "noor", "Noor")

    for _ in receipts:
        services.rewrap_reviews(programme.desk("idris"))

    assert {row.id for row in queries.queue_for(noor)} == {each.appeal_id for each in receipts}


def test_the_queue_is_cut_after_those_who_may_not_were_left_out(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safeconduct.domains.remedy.queries.appeals.MOST_ROWS", 1)
    monkeypatch.setattr("safeconduct.domains.remedy.queries.reviewers.SLICE", 1)
    worked_on = make_decided(programme)
    appeal(worked_on)
    receipt = appeal(make_decided(programme))
    work.hand_over(worked_on.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    assert [row.id for row in queries.queue_for(programme.desk("idris"))] == [receipt.appeal_id]


def test_more_colleagues_cost_no_more_questions(programme: Programme) -> None:
    left = Left(Exclusions(person="Chiara"))
    made = make_decided(programme, exclusions=left.exclusions)
    ines = programme.desk("ines")

    def both() -> tuple[int, int]:
        return (
            asked(lambda: reviewers.reviewers_for(made.id, left)),
            asked(lambda: cases.colleagues_for(made.id, ines)),
        )

    before = both()
    for name in ("noor", "sami"):
        joined(programme, name, name.title(), Role.RESPONDER)

    assert both() == before
