"""Looking for a case in the console: what may be opened is found, and of anything else the page says nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.early_warning import memory, services
from safeconduct.domains.early_warning.models import IndexEntry, SetAside
from safeconduct.kernel.actors import OPERATOR
from tests.domains.cases.making import make_case, open_door, partner_origin
from tests.domains.early_warning.making import found_with_index, wake
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at


@pytest.fixture
def programme(db: None, data_folder: object) -> Iterator[Programme]:
    memory.forget()
    made = found_with_index()
    open_door(made)
    yield made
    memory.forget()


def looked(client: Client, by: str, **said: str) -> str:
    return client.post(at("search"), {"by": by, **said}).content.decode()


def test_a_case_is_found_by_account_number_and_words(ines: Client, programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS,), origin=partner_origin(programme, "HH-7"))

    pages = [
        looked(ines, "account", handle=f"@{AMINAS.handle.upper()}"),
        looked(ines, "reference", reference="hh7"),
        looked(ines, "words", words="come tonight"),
    ]

    assert [made.receipt.number in page for page in pages] == [True, True, True]


def test_a_case_of_others_and_no_case_are_one_page(idris: Client, programme: Programme) -> None:
    make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS,))
    wake(programme)

    of_others, none = (looked(idris, "account", handle=handle) for handle in (AMINAS.handle, "nobody"))

    assert "No case that you can open was found." in of_others
    assert of_others.replace(AMINAS.handle, "nobody").split("csrf")[0] == none.split("csrf")[0]


def test_asleep_the_page_keeps_what_was_typed_and_says_who_wakes_it(idris: Client, programme: Programme) -> None:
    wake(programme)
    services.put_to_sleep(by=OPERATOR)

    page = looked(idris, "account", handle="amina")

    assert "The index of accounts is asleep, so nothing was looked up." in page
    assert 'value="amina"' in page
    assert "It is asleep." in page


def test_a_search_says_that_entries_are_damaged_or_a_key_is_gone_and_shows_the_rest(
    ines: Client, programme: Programme
) -> None:
    make_case(programme, accounts=(AMINAS,))
    looked(ines, "account", handle=AMINAS.handle)
    IndexEntry.objects.update(sealed=b"spoilt", generation=2)
    services.sweep(lambda ids: ids)
    damaged, later = IndexEntry.objects.first(), make_case(programme, accounts=(replace(AMINAS, handle="victor"),))
    assert damaged is not None
    SetAside.objects.create(id=damaged.id, generation=2, tag=b"", sealed=b"")

    page = looked(ines, "account", handle="victor")

    assert later.receipt.number in page
    assert ["key of the index is missing" in page, "entries of the index are damaged" in page] == [True, True]


def test_nothing_typed_is_asked_for_in_words(ines: Client, programme: Programme) -> None:
    assert "Type the name." in looked(ines, "account", handle="")
    assert "Look for a case" in looked(ines, "nonsense", handle="amina")


def test_the_case_page_names_the_other_cases_of_the_same_account(
    browser: Callable[[str], Client], programme: Programme
) -> None:
    one, other = (make_case(programme, accounts=(AMINAS,)) for _ in range(2))
    asleep = browser("ines").get(at("case", one.id)).content.decode()
    indexing.index_waiting(programme.desk("ines"), wake(programme))

    page = browser("ines").get(at("case", one.id)).content.decode()

    assert "asleep, so nobody looked" in asleep
    assert "Also named in:" in page
    assert at("case", other.id) in page


def test_nothing_found_by_account_says_that_a_report_which_keeps_somebody_out_is_never_indexed(
    ines: Client, programme: Programme
) -> None:
    wake(programme)

    page = looked(ines, "account", handle="nobody.of.that.name")

    assert "A report that keeps somebody of the team out is never indexed by account." in page
    assert "in the queue, by its number or by its words" in page
