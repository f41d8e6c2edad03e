"""Promises about decisions, numbers and likeness."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.domains.cases.rules import (
    OUTCOME_OF,
    Linkage,
    Mode,
    OriginKind,
    Reason,
    Showing,
    check_consent,
    check_decision,
    check_linkage,
    check_showing,
    check_words_for_acted_on,
)
from safeconduct.domains.cases.rules.likeness import likeness_tags
from safeconduct.domains.cases.rules.numbers import CASE_NUMBERS, case_number
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database

KEY = b"k" * 32
FLOOD = "This account insults our great nation every day and has to be removed from the platform at once, number {}."


def test_every_reason_belongs_to_an_outcome() -> None:
    assert set(OUTCOME_OF) == set(Reason)


@pytest.mark.parametrize(
    "words",
    [
        "You were reported.",
        "A defender complained.",
        "Your post about @Amina is gone.",
        "See K7M-204.",
        "Harbour Helpline",
    ],
)
def test_words_to_the_person_acted_on_tell_neither_report_nor_protection(words: str) -> None:
    with pytest.raises(Refused, match="whom we protect"):
        check_words_for_acted_on(words, protected=["K7M-204", "@amina", "Harbour Helpline"])


def test_words_that_name_only_the_rule_may_go() -> None:
    check_words_for_acted_on("Your post broke the rule on private details.", protected=["K7M-204", "", "@"])


def test_a_decision_names_what_was_looked_at_and_tells_the_reporter() -> None:
    with pytest.raises(Refused, match="evidence"):
        check_decision(evidence=[" "], words_for_reporter="Done.")
    with pytest.raises(Refused, match="reporter"):
        check_decision(evidence=["the post"], words_for_reporter="")


def test_nothing_goes_to_the_general_queue_before_the_reporter_was_asked() -> None:
    with pytest.raises(Refused, match="Ask the reporter first"):
        check_consent(Reason.FOR_THE_GENERAL_QUEUE, asked=False)
    check_consent(Reason.FOR_THE_GENERAL_QUEUE, asked=True)


def test_a_contribution_of_the_platform_is_described() -> None:
    with pytest.raises(Refused, match="how the platform contributed"):
        check_linkage(Linkage.MISSED_REPORT, " ")
    check_linkage(Linkage.NONE, "")


def test_nothing_but_words_is_shown_of_child_abuse_material() -> None:
    check_showing(Showing.WORDS, restricted=True)
    for showing in set(Showing) - {Showing.WORDS}:
        with pytest.raises(Refused, match="Nothing of this case"):
            check_showing(showing, restricted=True)


def test_each_mode_lets_in_those_of_the_narrower_ones() -> None:
    wider = [Mode.CLOSED, Mode.PARTNERS, Mode.INVITED, Mode.PUBLIC]
    let_in = [{origin for origin in OriginKind if mode.admits(origin)} for mode in wider]

    assert [len(each) for each in let_in] == [0, 1, 2, 3]
    assert all(narrow < wide for narrow, wide in pairwise(let_in))


@given(drawn=st.integers(0, CASE_NUMBERS - 1))
def test_a_case_number_is_short_and_has_no_letter_that_looks_like_a_digit(drawn: int) -> None:
    assert re.fullmatch(r"[A-HJ-NP-Z]\d[A-HJ-NP-Z]-\d{3}", case_number(drawn))


@given(drawn=st.sets(st.integers(0, CASE_NUMBERS - 1), min_size=2, max_size=2))
def test_two_draws_are_two_numbers(drawn: set[int]) -> None:
    assert len({case_number(each) for each in drawn}) == 2


def test_copies_with_another_number_and_other_spacing_are_alike() -> None:
    one = likeness_tags(FLOOD.format(1), key=KEY)
    other = likeness_tags(FLOOD.format(27).upper().replace(" ", "  "), key=KEY)

    assert one & other


def test_two_people_s_own_words_are_not_alike() -> None:
    one = likeness_tags("They published where I live and wrote that they would come tonight.", key=KEY)
    other = likeness_tags("Since yesterday a stranger signs in to my account from another country.", key=KEY)

    assert not one & other


def test_a_few_words_are_alike_to_nothing() -> None:
    assert likeness_tags("help me please", key=KEY) == frozenset()


@given(text=st.text(min_size=60, max_size=300))
@settings(max_examples=30)
def test_under_another_key_no_tag_is_the_same(text: str) -> None:
    assert not likeness_tags(text, key=KEY) & likeness_tags(text, key=b"o" * 32)
