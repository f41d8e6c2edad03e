from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import generate_mnemonics

from safeconduct.kernel.errors import Refused
from safeconduct.vault import cards

SEED = bytes(range(32))


def refusal(typed: list[str]) -> Refused:
    with pytest.raises(Refused) as told:
        cards.join(typed)
    return told.value


@settings(max_examples=15)
@given(seed=st.binary(min_size=32, max_size=32))
def test_any_two_cards_or_all_three_bring_the_seed_back(seed: bytes) -> None:
    made = cards.split(seed)

    for count in (2, 3):
        for some in permutations(made, count):
            assert cards.join(some) == seed


def test_each_card_has_33_words() -> None:
    assert [len(card.split()) for card in cards.split(SEED)] == [33, 33, 33]


def test_cards_of_one_seed_differ_each_time_they_are_made() -> None:
    assert not set(cards.split(SEED)) & set(cards.split(SEED))


def test_capitals_and_line_breaks_make_no_difference() -> None:
    first, second, _ = cards.split(SEED)

    assert cards.join([first.upper(), "\n".join(second.split())]) == SEED


@pytest.mark.parametrize("count", [0, 1, 4])
def test_one_card_is_not_enough_and_four_are_too_many(count: int) -> None:
    assert refusal([cards.split(SEED)[0]] * count).code == "cards.count"


def test_a_card_typed_twice_is_named_as_such() -> None:
    first = cards.split(SEED)[0]

    assert refusal([first, first]).code == "cards.repeated"


def test_a_wrong_word_is_named_by_its_card() -> None:
    first, second, _ = cards.split(SEED)
    words = second.split()
    words[10] = "academic" if words[10] != "academic" else "acid"

    told = refusal([first, " ".join(words)])

    assert (told.code, "Card 2" in told.sentence) == ("cards.wrong-word", True)


def test_a_word_of_no_list_is_named_by_its_card() -> None:
    first, second, _ = cards.split(SEED)

    assert "Card 1" in refusal([first.replace(first.split()[4], "zzz"), second]).sentence


def test_swapped_words_are_caught() -> None:
    first, second, _ = cards.split(SEED)
    words = first.split()
    at = next(at for at in range(6, 30) if words[at] != words[at + 1])
    words[at], words[at + 1] = words[at + 1], words[at]

    assert refusal([" ".join(words), second]).code == "cards.wrong-word"


def test_a_missing_word_is_counted() -> None:
    first, second, _ = cards.split(SEED)

    told = refusal([first, second.rsplit(" ", 1)[0]])

    assert (told.code, "32 words" in told.sentence) == ("cards.length", True)


def test_cards_of_two_sets_do_not_join() -> None:
    assert refusal([cards.split(SEED)[0], cards.split(SEED)[1]]).code == "cards.mixed"


def test_cards_of_another_scheme_are_refused() -> None:
    three_of_five = generate_mnemonics(1, [(3, 5)], SEED)[0]

    assert refusal(three_of_five[:2]).code == "cards.foreign"


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cards.split(b"sixteen bytes...")


@pytest.mark.parametrize("at", [0, 2, 17, 32])
def test_one_wrong_word_is_named_with_its_line(at: int) -> None:
    words = cards.split(SEED)[0].split()
    words[at] = "academic" if words[at] != "academic" else "acid"

    with pytest.raises(Refused, match=f"Card 1: word {at + 1}, in line {at // 3 + 1}, seems to be wrong"):
        cards.check(" ".join(words), 1)


def test_swapped_neighbours_are_named() -> None:
    words = cards.split(SEED)[0].split()
    at = next(at for at in range(6, 30) if words[at] != words[at + 1])
    words[at], words[at + 1] = words[at + 1], words[at]

    with pytest.raises(Refused, match=f"words {at + 1} and {at + 2} seem to be swapped"):
        cards.check(" ".join(words), 2)


def test_several_wrong_words_are_not_taken_for_one() -> None:
    words = cards.split(SEED)[0].split()
    words[8], words[20] = ("academic" if word != "academic" else "acid" for word in (words[8], words[20]))

    with pytest.raises(Refused, match="more than one wrong word"):
        cards.check(" ".join(words), 1)
