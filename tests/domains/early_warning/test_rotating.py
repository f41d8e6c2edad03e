"""A new key for the index: what was named is found all the while, and no value is known to carry it over."""

from uuid import UUID

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.audit import queries as audit
from safeconduct.domains.early_warning import memory, queries, services
from safeconduct.domains.early_warning.checks import IndexAwake, IndexOpens, IndexYoungerThanItsTeam
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey, SetAside
from safeconduct.domains.early_warning.rules import Kind, Value
from safeconduct.domains.early_warning.services import rotating
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault.models import Wrap
from tests.accounts.test_coming_and_going import forgotten_an_hour_later, sign
from tests.damage import damage
from tests.domains.early_warning.making import EARLY_WARNING, agreed, carry_all, rotate, wake
from tests.programme import Programme

AMINA = Value(Kind.ACCOUNT, "amina", "juniper-square")


def account(number: int) -> Value:
    return Value(Kind.ACCOUNT, f"person{number}", "juniper-square")


def name(value: Value) -> UUID:
    report = new_id()
    keys = queries.the_keys()
    services.name_report(report, [value], keys=keys)
    return report


def found(value: Value) -> frozenset[UUID]:
    return queries.reports_naming(value, keys=queries.the_keys())


def test_what_was_named_before_is_found_under_the_new_key(programme: Programme) -> None:
    wake(programme)
    before = name(AMINA)

    rotate(programme)
    wake(programme)

    assert found(AMINA) == {before}
    assert set(IndexEntry.objects.values_list("generation", flat=True)) == {2}


def test_half_way_everything_is_found_and_going_on_finishes_it(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake(programme)
    reports = [name(account(number)) for number in range(5)]
    monkeypatch.setattr(rotating, "AT_ONCE", 3)
    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))
    services.carry(by=programme.desk("leyla"))
    wake(programme)

    assert set(IndexEntry.objects.values_list("generation", flat=True)) == {1, 2}
    assert [found(account(number)) for number in range(5)] == [{report} for report in reports]
    assert IndexAwake().run().mend
    carry_all(programme.desk("ines"))

    assert set(IndexEntry.objects.values_list("generation", flat=True)) == {2}
    assert [found(account(number)) for number in range(5)] == [{report} for report in reports]


def test_a_batch_cut_short_leaves_every_row_as_it_was(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    wake(programme)
    report = name(AMINA)
    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))
    monkeypatch.setattr(rotating.audit, "record", lambda *_said, **_facts: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        rotating._carry(rotating.opened_keys(programme.desk("leyla"), why="carry"), programme.desk("leyla"))

    monkeypatch.undo()
    wake(programme)
    assert (found(AMINA), {each.generation for each in IndexEntry.objects.all()}) == ({report}, {1})


def test_what_is_named_while_a_rotation_runs_joins_what_was_named_before(programme: Programme) -> None:
    wake(programme)
    before = name(AMINA)
    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))
    wake(programme)
    since = name(AMINA)

    assert found(AMINA) == {before, since}
    carry_all(programme.desk("leyla"))

    assert found(AMINA) == {before, since}
    assert IndexEntry.objects.count() == 2  # on its platform, and without one


def test_every_process_forgets_the_former_key_when_a_rotation_begins(programme: Programme) -> None:
    wake(programme)

    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))

    assert queries.keys_awake() is None
    assert memory.held() is None


def test_a_rotation_takes_somebody_of_the_team_and_a_custodian_with_their_words(programme: Programme) -> None:
    wake(programme)

    with pytest.raises(NotAllowed):
        services.begin_rotation(by=programme.desk("idris"), agreement=agreed(programme))
    with pytest.raises(NotAllowed):
        services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme, "ines"))

    assert IndexKey.objects.count() == 1


def test_the_custodian_who_agreed_to_a_rotation_stands_in_the_record(programme: Programme) -> None:
    wake(programme)

    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))

    said = {each.action: each.by for each in audit.entries_for(IndexKey.objects.get(generation=2).id)}
    assert said["index.rotation-agreed"] == programme.desk("chiara").actor


def test_one_rotation_is_finished_before_another_begins(programme: Programme) -> None:
    wake(programme)
    name(AMINA)
    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))

    with pytest.raises(Refused, match="again to finish it"):
        services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))


def test_the_team_s_new_key_opens_the_index_and_doctor_asks_for_a_rotation(programme: Programme) -> None:
    wake(programme)
    report = name(AMINA)
    IndexKey.objects.update(made_at="2026-01-01T00:00Z")
    accounts.rekey_team(programme.team_id(EARLY_WARNING), by=programme.desk("leyla"))
    sign(programme, programme.team_id(EARLY_WARNING))

    assert services.follow_keys(programme.desk("ines")) == 1

    assert forgotten_an_hour_later() == 1
    memory.forget()
    wake(programme)
    assert found(AMINA) == {report}
    assert "index rotate" in IndexYoungerThanItsTeam().run().mend


def test_a_generation_that_does_not_open_stops_none_of_the_others(programme: Programme) -> None:
    wake(programme)
    rotate(programme)
    accounts.rekey_team(programme.team_id(EARLY_WARNING), by=programme.desk("leyla"))
    sign(programme, programme.team_id(EARLY_WARNING))
    for wrap in Wrap.objects.filter(envelope=IndexKey.objects.get(generation=1).envelope):
        damage(wrap)

    assert services.follow_keys(programme.desk("ines")) == 1


def one_damaged_of(count: int) -> list[UUID]:
    """Name so many accounts, damage all that the first of them led to, and return the reports."""
    reports = [name(account(number)) for number in range(count)]
    tags = queries.tags_of([account(0)], keys=queries.the_keys())
    for entry in IndexEntry.objects.filter(tag__in=tags):
        damage(entry)
    return reports


def test_an_entry_that_does_not_open_is_set_aside_and_stops_no_sweep(programme: Programme) -> None:
    wake(programme)
    reports = one_damaged_of(4)
    assert IndexOpens().run().well

    assert services.sweep(lambda ids: {*ids} - {reports[1]}) == 2

    assert [found(account(number)) for number in range(4)] == [set(), set(), {reports[2]}, {reports[3]}]
    assert "do not open: 2" in IndexOpens().run().what


def test_an_entry_that_does_not_open_stops_no_rotation_nor_the_next(programme: Programme) -> None:
    wake(programme)
    reports = one_damaged_of(3)

    rotate(programme)
    rotate(programme)

    wake(programme)
    assert [found(account(number)) for number in range(3)] == [set(), {reports[1]}, {reports[2]}]
    assert (IndexEntry.objects.filter(generation__lt=3).exists(), IndexAwake().run().mend) == (False, "")
    assert not IndexOpens().run().well


def test_an_account_whose_entry_does_not_open_is_found_in_what_is_named_since(programme: Programme) -> None:
    wake(programme)
    one_damaged_of(1)

    since = name(account(0))

    assert found(account(0)) == {since}


def test_an_entry_of_a_generation_that_never_was_is_set_aside(programme: Programme) -> None:
    wake(programme)
    name(AMINA)
    IndexEntry.objects.update(generation=0)

    assert (found(AMINA), services.sweep(lambda ids: ids)) == (frozenset(), 0)

    assert (IndexEntry.objects.count(), SetAside.objects.count()) == (0, 2)


def test_reports_that_nobody_can_open_any_more_leave_the_index(programme: Programme) -> None:
    wake(programme)
    gone, kept = name(AMINA), name(AMINA)
    name(account(1))

    assert services.sweep(lambda ids: {kept} & set(ids)) == 4

    assert (found(AMINA), found(account(1)), IndexEntry.objects.count()) == ({kept}, frozenset(), 2)
    assert gone not in found(AMINA)
