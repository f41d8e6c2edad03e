"""Promises about floods of alike reports."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.queries.queue import DAMAGED
from safeconduct.domains.cases.rules import Danger, Severity, Stage
from safeconduct.domains.cases.services import flood, work
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme

COPIED = "This account insults our great nation every day and must go from the platform at once, number {}."


class TakenOnceCounted:
    """A colleague who takes every case between the count of the groups and what follows it."""

    def __init__(self, member: UUID) -> None:
        self.member = member
        self.counted = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self.counted:
            self.counted = False
            Case.objects.update(assignee=self.member)
        self.counted = "GROUP BY" in sql and "cases_case" in sql
        return execute(sql, *rest)


def copies(programme: Programme, how_many: int = 4) -> list[MadeCase]:
    return [make_case(programme, text=COPIED.format(number), danger=Danger.NOW) for number in range(how_many)]


def test_alike_reports_are_lowered_in_one_act_with_one_reason(programme: Programme) -> None:
    made, own = copies(programme), make_case(programme)
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    group = queries.flood_groups_for(leyla)[0]

    assert flood.lower(group.id, severity=Severity.P3, reason="Copied from a call to report.", desk=leyla).count == 4

    severities = {row.case_id: row.severity for row in queries.queue_for(ines)}
    assert {severities[each.id] for each in made} == {Severity.P3}
    assert severities[own.id] is Severity.P1
    assert queries.case_for(made[0].id, ines).assessment.reason == "Copied from a call to report."


def test_a_group_is_counted_over_what_one_can_open(programme: Programme) -> None:
    copies(programme, 4)

    group = queries.flood_groups_for(programme.desk("ines"))[0]

    assert (group.size, group.severity, len(group.numbers)) == (4, Severity.P0, 4)
    with pytest.raises(NotAllowed):
        queries.flood_groups_for(programme.desk("tomas"))


def test_what_a_colleague_works_on_is_not_lowered_with_the_rest(programme: Programme) -> None:
    made = copies(programme)
    work.take_case(made[0].id, programme.desk("idris"))
    leyla = programme.desk("leyla")

    group = queries.flood_groups_for(leyla)[0]
    flood.lower(group.id, severity=Severity.P3, reason="Copied.", desk=leyla)

    assert queries.case_for(made[0].id, programme.desk("idris")).severity is Severity.P0


def test_a_group_is_not_lowered_without_a_reason(programme: Programme) -> None:
    copies(programme)
    leyla = programme.desk("leyla")

    with pytest.raises(Refused, match="Write why"):
        flood.lower(queries.flood_groups_for(leyla)[0].id, severity=Severity.P3, reason="", desk=leyla)


def test_one_imminent_report_is_never_silenced_as_a_flood(programme: Programme) -> None:
    for made in copies(programme, 2):
        group = Case.objects.get(pk=made.id).group
        with pytest.raises(Refused, match="no flood"):
            flood.lower(group, severity=Severity.P3, reason="Spam.", desk=programme.desk("leyla"))

    assert {each.severity for each in Case.objects.all()} == {Severity.P0.value}


def test_only_a_lead_lowers_imminent_reports_together(programme: Programme) -> None:
    copies(programme)
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    group = queries.flood_groups_for(ines)[0].id

    with pytest.raises(Refused, match="Ask a lead"):
        flood.lower(group, severity=Severity.P3, reason="Spam.", desk=ines)
    flood.lower(group, severity=Severity.P2, reason="Copied.", desk=leyla)

    assert flood.lower(group, severity=Severity.P3, reason="Copied.", desk=ines).count == 4


def test_two_alike_reports_are_no_flood(programme: Programme) -> None:
    copies(programme, 2)

    assert queries.flood_groups_for(programme.desk("ines")) == []


def test_a_case_of_a_flood_says_so_while_nobody_has_taken_it(programme: Programme) -> None:
    made = copies(programme)
    group = queries.case_for(made[0].id, programme.desk("ines")).group
    work.take_case(made[0].id, programme.desk("ines"))

    assert group is not None
    assert group.size == 4
    assert queries.case_for(made[0].id, programme.desk("ines")).group is None


def test_a_group_whose_last_case_is_taken_while_one_looks_is_left_out(programme: Programme) -> None:
    made = copies(programme)
    ines = programme.desk("ines")
    group = queries.flood_groups_for(ines)[0]

    with connection.execute_wrapper(TakenOnceCounted(ines.member_id)):
        assert queries.flood_groups_for(ines) == []
    Case.objects.update(assignee=None)
    with connection.execute_wrapper(TakenOnceCounted(ines.member_id)):
        assert queries.case_for(made[0].id, ines).group is None
    with pytest.raises(NotAllowed):
        queries.flood_group_for(group.id, ines)


def test_damaged_cases_do_not_hide_their_group(programme: Programme) -> None:
    copies(programme)
    Case.objects.update(sealed_cover=b"damaged")

    groups = queries.flood_groups_for(programme.desk("ines"))

    assert [(group.size, group.sample) for group in groups] == [(4, DAMAGED)]


def test_only_a_lead_says_that_there_is_a_flood(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        flood.say_flood(True, programme.desk("ines"))

    flood.say_flood(True, programme.desk("leyla"))

    assert door.flooding()


def test_lowering_moves_the_promises_and_not_the_record_of_them(programme: Programme) -> None:
    made = copies(programme)[0]
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    flood.lower(queries.flood_groups_for(leyla)[0].id, severity=Severity.P3, reason="Copied.", desk=leyla)

    actions = [line.action for line in queries.case_for(made.id, ines).timeline]

    assert actions == ["report.received", "report.lowered"]
    assert queries.case_for(made.id, ines).stage is Stage.NEW


def test_a_damaged_case_holds_up_no_flood_and_is_named(programme: Programme) -> None:
    made = copies(programme)
    leyla = programme.desk("leyla")
    group = queries.flood_groups_for(leyla)[0]
    Case.objects.filter(pk=made[0].id).update(sealed_cover=b"damaged")

    done = flood.lower(group.id, severity=Severity.P3, reason="Copied.", desk=leyla)

    left = Case.objects.get(pk=made[0].id)
    assert (done.count, done.left) == (3, (left.number,))
    assert left.severity == Severity.P0.value
    assert {Case.objects.get(pk=each.id).severity for each in made[1:]} == {Severity.P3.value}
