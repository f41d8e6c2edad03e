"""A key of the index is gone, or entries do not open: that is said, the rest is found, and all can be rebuilt."""

from typing import Any

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import indexing, searching
from safeconduct.domains.early_warning import memory, queries, services
from safeconduct.domains.early_warning.checks import IndexAwake, IndexOpens
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey, SetAside
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from tests.domains.cases.making import make_case
from tests.domains.early_warning.making import agreed, rotate, wake
from tests.domains.early_warning.test_finding import naming, numbers
from tests.programme import Programme


def lose(generation: int) -> None:
    IndexKey.objects.filter(generation=generation).delete()
    memory.forget()


def test_where_a_later_key_is_gone_a_search_goes_on_with_what_the_others_find(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    lose(2)
    made = naming(programme, "amina")

    assert numbers(programme, "amina") == [made.receipt.number]
    assert "wait" not in IndexAwake().run().what


def test_a_key_that_is_gone_and_on_which_entries_rest_is_named(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    wake(programme)
    made = naming(programme, "amina")
    assert numbers(programme, "amina") == [made.receipt.number]
    lose(2)

    assert numbers(programme, "amina") == []
    assert queries.state_of_index().missing == (2,)
    assert "generation 2 is gone" in IndexAwake().run().what


def test_without_the_first_key_a_search_says_what_is_missing_and_what_to_do(programme: Programme) -> None:
    wake(programme)
    made = naming(programme, "amina")
    assert numbers(programme, "amina") == [made.receipt.number]
    lose(1)

    with pytest.raises(Unavailable, match=r"look by words.*'safeconduct index rebuild'"):
        numbers(programme, "amina")
    assert services.wake(programme.desk("ines")) == 0


def test_a_report_comes_in_while_the_newest_key_is_gone(
    programme: Programme, django_capture_on_commit_callbacks: Any
) -> None:
    wake(programme)
    IndexKey.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        assert make_case(programme).receipt.number


def test_with_a_key_gone_no_rotation_is_begun_or_said_to_be_finished(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    lose(1)

    with pytest.raises(NotAllowed):
        services.carry(by=programme.desk("leyla")) or services.opened_keys(programme.desk("leyla"), why="a test")
    with pytest.raises(Refused, match="index rebuild"):
        services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))


def test_begun_anew_with_a_custodian_it_finds_every_report_again(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    wake(programme)
    made = naming(programme, "amina")
    assert numbers(programme, "amina") == [made.receipt.number]
    lose(1)

    assert indexing.begin_again(programme.desk("leyla"), agreed(programme)) == 1
    assert sum(indexing.index_all(programme.desk("leyla"))) == 1

    assert numbers(programme, "amina") == [made.receipt.number]
    assert (queries.state_of_index().missing, {each.generation for each in IndexEntry.objects.all()}) == ((), {1})


def test_only_the_team_begins_anew_and_only_where_a_key_is_gone(programme: Programme) -> None:
    wake(programme)

    with pytest.raises(NotAllowed):
        indexing.begin_again(programme.desk("idris"), agreed(programme))
    with pytest.raises(NotAllowed):
        indexing.begin_again(programme.desk("idris"))
    with pytest.raises(Refused, match="Every key of the index is there"):
        indexing.begin_again(programme.desk("leyla"), agreed(programme))

    assert IndexKey.objects.count() == 1


def test_what_was_set_aside_is_rebuilt_from_the_reports_and_doctor_names_the_command(programme: Programme) -> None:
    wake(programme)
    made = naming(programme, "amina")
    assert numbers(programme, "amina") == [made.receipt.number]
    IndexEntry.objects.update(sealed=b"spoilt")
    services.sweep(lambda ids: ids)
    assert "safeconduct index rebuild" in IndexOpens().run().mend

    indexing.begin_again(programme.desk("leyla"))
    done = sum(indexing.index_all(programme.desk("leyla")))

    assert (done, SetAside.objects.count(), IndexOpens().run().well) == (1, 0, True)
    assert numbers(programme, "amina") == [made.receipt.number]


def test_what_the_rebuilder_cannot_open_waits_for_whoever_can(programme: Programme) -> None:
    wake(programme)
    made = naming(programme, "amina", stage=Stage.TRIAGE, by="idris")
    indexing.begin_again(programme.desk("ines"))

    assert sum(indexing.index_all(programme.desk("ines"))) == 0
    assert indexing.index_waiting(programme.desk("idris"), queries.the_keys()) == 1
    assert [row.number for row in searching.cases_by_account("amina", "", programme.desk("idris"))] == [
        made.receipt.number
    ]


def test_keys_from_before_the_index_was_begun_anew_write_nothing_into_it(programme: Programme) -> None:
    wake(programme)
    made = naming(programme, "amina")
    assert numbers(programme, "amina") == [made.receipt.number]
    report = Report.objects.filter(pk=made.report_id)
    former = services.opened_keys(programme.desk("leyla"), why="a test")
    lose(1)
    indexing.begin_again(programme.desk("leyla"), agreed(programme))

    assert indexing.index_waiting(programme.desk("leyla"), former) == 0
    assert not report.get().indexed
    assert sum(indexing.index_all(programme.desk("leyla"))) == 1
    assert numbers(programme, "amina") == [made.receipt.number]


def test_that_the_index_is_rebuilt_stands_in_the_record(programme: Programme) -> None:
    wake(programme)
    indexing.begin_again(programme.desk("leyla"))

    assert "index.rebuild-begun" in [each.action for each in audit.entries_for(IndexKey.objects.get().id)]
