"""Promises about reading handles: one account is known in every way that people and phones write it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.connectors.http_contract.client import plain
from safeconduct.connectors.port import AccountRef, local_name, plain_handle, same_handle, seen_handle
from safeconduct.domains.early_warning.rules import Kind, Value
from safeconduct.domains.safety.rules import is_protected

pytestmark = pytest.mark.one_database

NAMES = st.from_regex(r"[a-z0-9][a-z0-9._=-]{0,11}", fullmatch=True)
SERVERS = st.sampled_from(["example.org", "matrix.example:8448"])
# Zero width, bidi marks and isolates, soft hyphen, a joiner of graphemes, a variation selector, blanks of every width.
UNSEEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\u061c"]
UNSEEN += ["\u00ad", "\u034f", "\ufe0f", "\u3164", " ", "\u00a0", "\u3000", "\n"]
SIGNS = st.sampled_from(["", "@", "\uff20", "@@", " @", "https://matrix.to/#/@", "https://example.org/u/", "matrix:u/"])


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """Write a name as people and phones do."""
    letters = [draw(st.sampled_from([each, each.upper(), wide(each)])) for each in name]
    dirt = st.lists(st.sampled_from(UNSEEN), max_size=2).map("".join)
    return draw(SIGNS) + "".join(draw(dirt) + letter for letter in letters) + draw(dirt)


@given(st.data(), NAMES, SERVERS)
def test_a_matrix_name_is_one_however_it_was_written(data: st.DataObject, name: str, server: str) -> None:
    full = f"@{name}:{server}"
    typed, short = data.draw(written(f"{name}:{server}")), data.draw(written(name))

    assert plain_handle(typed) == plain_handle(full) == f"{name}:{server}"
    assert same_handle(typed, full)
    assert same_handle(short, full)
    assert local_name(typed) == local_name(short) == name
    assert not same_handle(typed, f"@{name}:another.example")
    assert not same_handle(typed, f"{name}x:{server}")


@given(st.data(), NAMES)
def test_every_room_takes_the_same_two_writings_for_one_account(data: st.DataObject, name: str) -> None:
    typed = data.draw(written(name))

    assert is_protected(AccountRef("juniper", typed), [AccountRef("juniper", name)])
    assert Value(Kind.ACCOUNT, typed, "juniper").plain == Value(Kind.ACCOUNT, name, "juniper").plain


@given(st.text())
def test_whatever_is_typed_has_one_plain_form_and_is_the_same_as_itself(typed: str) -> None:
    plain_form = plain_handle(typed)

    assert plain_handle(plain_form) == plain_form
    assert same_handle(typed, plain_form)
    assert not any(unicodedata.category(letter) == "Cf" for letter in plain_form)


@pytest.mark.parametrize("typed", ["https://[broken", "http://", "https://juniper.example", "@", "\u200f"])
def test_what_names_nobody_leaves_nothing(typed: str) -> None:
    assert plain_handle(typed) in {"", "[broken"}


@pytest.mark.parametrize("typed", ["\u200famina\u200e", " \u2067@amina\u2069 ", "https://juniper.example/@amina"])
def test_a_platform_is_asked_without_what_a_phone_put_around_a_handle(typed: str) -> None:
    assert plain(typed) == "amina"


@given(st.data(), NAMES, NAMES)
def test_a_platform_is_never_asked_for_another_name_than_the_one_within(
    data: st.DataObject, one: str, two: str
) -> None:
    sign = data.draw(st.sampled_from(UNSEEN))

    assert seen_handle(f"{one}{sign}{two}") == f"{one}{sign}{two}"


def test_a_did_is_read_whole_so_that_no_two_of_them_are_one_account() -> None:
    one, other = "did:plc:ewvi7nxzyoun6zhxrhs64oiz", "did:plc:z72i7hdynmk6r22z27h6tvur"

    assert local_name(one) == local_name(f"https://bsky.example/profile/{one}") == one
    assert same_handle(one, one.upper())
    assert not same_handle(one, other)
