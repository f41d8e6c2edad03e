"""What somebody damaged in the database shuts the door to nobody."""

import pytest
from django.test import Client

from safeconduct.accounts import patience
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey
from safeconduct.web.sessions import DESK_COOKIE
from tests.damage import damage
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.early_warning.conftest import _asleep, programme
from tests.domains.early_warning.making import rotate, wake
from tests.programme import Programme
from tests.standing import _a_fresh_door, time
from tests.web.entrance.test_door import parts

__all__ = ["_a_fresh_door", "_asleep", "programme", "time"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 0.0)


def naming_amina(programme: Programme) -> MadeCase:
    return make_case(programme, accounts=(AccountNamed("juniper-square", "amina", mine=True),))


def damage_the_index(programme: Programme) -> None:
    indexing.index_waiting(programme.desk("leyla"), wake(programme))
    for entry in IndexEntry.objects.all():
        damage(entry)


def come_in(programme: Programme, name: str) -> str:
    return Client().post("/sign-in", parts(programme, name)).headers.get("Location", "")


def test_a_damaged_report_keeps_nobody_out_and_the_others_come_into_the_index(programme: Programme) -> None:
    bad, good = naming_amina(programme), naming_amina(programme)
    damage(Report.objects.get(pk=bad.report_id))
    wake(programme)

    assert [come_in(programme, name) for name in ("ines", "leyla", "idris")] == ["/console/"] * 3
    assert {*Report.objects.filter(indexed=True).values_list("id", flat=True)} == {good.report_id}


def test_a_damaged_entry_of_the_index_keeps_nobody_out(programme: Programme) -> None:
    naming_amina(programme)
    damage_the_index(programme)
    naming_amina(programme)

    assert [come_in(programme, name) for name in ("ines", "leyla", "idris")] == ["/console/"] * 3


def test_an_index_that_lost_a_key_keeps_nobody_out(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    IndexKey.objects.get(generation=1).delete()

    assert come_in(programme, "leyla") == "/console/"


def test_a_damaged_entry_of_the_index_hides_no_case(programme: Programme, client: Client) -> None:
    made = naming_amina(programme)
    damage_the_index(programme)
    client.cookies[DESK_COOKIE] = programme.cookie("ines")

    assert client.get(f"/console/cases/{made.id}").status_code == 200
