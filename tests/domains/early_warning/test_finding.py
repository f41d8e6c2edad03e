"""Finding a case again by an account, a partner's number, or words: only what one may open, of others not a count."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.accounts.values import Desk, Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import indexing, searching, work
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.early_warning import services
from safeconduct.domains.early_warning.models import IndexEntry
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import NotAllowed, Unavailable
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.domains.early_warning.making import wake
from tests.programme import Programme

PLATFORM = "juniper-square"


def index(programme: Programme) -> None:
    """Bring what waits into the index."""
    indexing.index_waiting(programme.desk("leyla"), wake(programme))


def numbers(programme: Programme, handle: str, name: str = "ines", platform: str = PLATFORM) -> list[str]:
    return [row.number for row in searching.cases_by_account(handle, platform, programme.desk(name))]


def naming(programme: Programme, handle: str, **more: object) -> MadeCase:
    return make_case(programme, accounts=(AccountNamed(PLATFORM, handle, mine=True),), **more)  # type: ignore[arg-type] # the fields of Answers


def test_a_case_is_found_by_an_account_that_its_report_names(programme: Programme) -> None:
    wake(programme)
    made, _other = naming(programme, "amina"), naming(programme, "victor")

    assert numbers(programme, "@Amina") == numbers(programme, "amina", platform="") == [made.receipt.number]
    assert numbers(programme, "amina", platform="elsewhere") == numbers(programme, "nobody") == []


def test_a_case_is_found_by_the_partner_s_own_number(programme: Programme) -> None:
    wake(programme)
    made = make_case(programme, origin=partner_origin(programme, "HH-7"))

    found = searching.cases_by_reference("hh 7", programme.desk("leyla"))

    assert [row.number for row in found] == [made.receipt.number]


def test_a_case_that_one_may_not_open_is_answered_like_one_that_is_not_there(programme: Programme) -> None:
    wake(programme)
    naming(programme, "amina", stage=Stage.TRIAGE)
    idris = programme.desk("idris")
    index(programme)

    asked = [questions(idris, handle) for handle in ("amina", "nobody")]

    assert numbers(programme, "amina", "idris") == []
    assert asked[0] == asked[1]


def questions(desk: Desk, handle: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        searching.cases_by_account(handle, PLATFORM, desk)
    said = [each["sql"].split("WHERE")[0] for each in caught.captured_queries]
    return ["SAVEPOINT" if "SAVEPOINT" in each else each for each in said]


def test_what_came_in_while_it_slept_waits_and_is_found_by_whoever_can_open_it(programme: Programme) -> None:
    made = naming(programme, "amina")
    assert (IndexEntry.objects.count(), Report.objects.get().indexed) == (0, False)

    wake(programme)

    assert numbers(programme, "amina") == [made.receipt.number]
    assert Report.objects.get().indexed


def test_waking_gives_the_team_no_report_that_its_members_could_not_open_before(programme: Programme) -> None:
    ines, leyla, idris = (programme.desk(name) for name in ("ines", "leyla", "idris"))
    naming(programme, "amina", stage=Stage.TRIAGE, by="idris")
    keys = wake(programme)

    assert indexing.index_waiting(ines, keys) == 0
    assert indexing.index_waiting(idris, keys) + indexing.index_waiting(leyla, keys) == 1


def test_a_report_that_keeps_somebody_out_is_never_in_the_index(programme: Programme) -> None:
    wake(programme)
    made = naming(programme, "amina", by="leyla", exclusions=Exclusions(countries=frozenset({"PT"})))

    assert numbers(programme, "amina", "leyla") == []
    assert (IndexEntry.objects.count(), Report.objects.get(pk=made.report_id).indexed) == (0, True)


def test_asleep_nothing_is_looked_up_and_whoever_is_in_the_team_wakes_it_by_looking(programme: Programme) -> None:
    made = naming(programme, "amina")
    wake(programme)
    services.put_to_sleep(by=OPERATOR)

    with pytest.raises(Unavailable, match="Ask one of them, then look again"):
        numbers(programme, "amina", "idris")

    assert numbers(programme, "amina", "ines") == [made.receipt.number]


def test_nobody_but_staff_looks(programme: Programme) -> None:
    wake(programme)

    for name in ("tomas", "chiara"):
        with pytest.raises(NotAllowed):
            numbers(programme, "amina", name)
        with pytest.raises(NotAllowed):
            queries.my_cases_saying("gate", programme.desk(name))


def test_another_case_of_the_same_account_is_shown_to_who_may_open_it(programme: Programme) -> None:
    wake(programme)
    one, other = naming(programme, "amina"), naming(programme, "@AMINA")
    ines, idris = programme.desk("ines"), programme.desk("idris")
    index(programme)

    shown = queries.named_elsewhere(queries.case_for(one.id, ines), ines)
    work.take_case(other.id, ines)

    assert [(each.id, each.number) for each in shown.cases] == [(other.id, other.receipt.number)]
    assert queries.named_elsewhere(queries.case_for(one.id, idris), idris).cases == ()


def test_asleep_a_case_says_that_nobody_looked(programme: Programme) -> None:
    made, ines = naming(programme, "amina"), programme.desk("ines")

    assert not queries.named_elsewhere(queries.case_for(made.id, ines), ines).awake


def test_one_s_own_open_cases_are_found_by_words_wherever_they_stand(programme: Programme) -> None:
    mine, ines = naming(programme, "amina", stage=Stage.TRIAGE), programme.desk("ines")
    naming(programme, "victor")
    work.add_note(mine.id, "She moves to the harbour on Friday.", ines)

    found = {words: [row.number for row in queries.my_cases_saying(words, ines)] for words in WORDS}

    assert found == {"HARBOUR friday": [mine.receipt.number], "tonight": [mine.receipt.number], "airport": [], " ": []}
    assert queries.my_cases_saying("tonight", programme.desk("leyla")) == []


WORDS = ("HARBOUR friday", "tonight", "airport", " ")


def test_awake_a_report_is_in_the_index_as_soon_as_it_is_kept(
    programme: Programme, django_capture_on_commit_callbacks: Any
) -> None:
    wake(programme)

    with django_capture_on_commit_callbacks(execute=True):
        made = naming(programme, "amina")

    assert Report.objects.get(pk=made.report_id).indexed
    assert IndexEntry.objects.count() == 3


def test_a_report_is_kept_though_the_index_fails(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    wake(programme)
    monkeypatch.setattr(services, "name_report", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        made = naming(programme, "amina")

    assert not Report.objects.get(pk=made.report_id).indexed
    monkeypatch.undo()
    assert numbers(programme, "amina") == [made.receipt.number]


def refuse(*_said: object, **_named: object) -> None:
    raise Unavailable("index.broken", "Not now.")
