"""What is compared when two people name the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.connectors.port import plain_handle
from safeconduct.domains.early_warning.rules import Kind, Value, named_in, plain_reference

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "typed",
    [
        "amina",
        "@amina",
        " Amina ",
        "ＡＭＩＮＡ",
        "a\u200bmina",
        "https://juniper.example/@Amina",
        "https://juniper.example/u/amina/",
    ],
)
def test_a_handle_is_one_however_it_was_typed(typed: str) -> None:
    assert plain_handle(typed) == "amina"


@pytest.mark.parametrize("typed", ["@amina:example.org", "https://matrix.to/#/@amina:example.org"])
def test_a_name_of_many_servers_keeps_its_server(typed: str) -> None:
    assert plain_handle(typed) == "amina:example.org"


@pytest.mark.parametrize("typed", ["HH-7", "hh 7", "#HH7"])
def test_a_reference_is_one_without_the_signs_people_leave_out(typed: str) -> None:
    assert plain_reference(typed) == "hh7"


@given(st.text())
def test_the_plain_form_of_a_plain_form_is_itself(typed: str) -> None:
    value = Value(Kind.ACCOUNT, typed, typed).plain

    assert value.plain == value


def test_an_account_is_kept_on_its_platform_and_without_one() -> None:
    forms = named_in(Value(Kind.ACCOUNT, "@Amina", "Juniper-Square"))

    assert forms == (Value(Kind.ACCOUNT, "amina", "juniper-square"), Value(Kind.ACCOUNT, "amina"))
    assert named_in(Value(Kind.ACCOUNT, " @ ")) == ()
