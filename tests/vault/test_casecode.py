import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.kernel.errors import Refused
from safeconduct.vault import CaseCode, WrongLine
from safeconduct.vault.casecode import DAMM, _line_of

CODES = st.binary(min_size=32, max_size=48).map(CaseCode.from_nonce)
ZEROS = [chr(point) for point in range(0x110000) if unicodedata.decimal(chr(point), None) == 0]
SPACINGS = ["", " ", "-", "  ", "\t", "\u00a0", "\u2009", ".", " \u200f", "\u2066", "–"]
CODE = CaseCode.from_nonce(b"n" * 32)


def typed_in(code: CaseCode, zero: str) -> str:
    return "\n".join(code.lines).translate({ord(str(digit)): chr(ord(zero) + digit) for digit in range(10)})


def changed(line: str, at: int, digit: str) -> str:
    return line[:at] + digit + line[at + 1 :]


def plain_lines(code: CaseCode) -> list[str]:
    return [line.replace(" ", "") for line in code.lines]


def test_the_check_table_is_totally_anti_symmetric() -> None:
    table = [[int(digit) for digit in row] for row in DAMM]
    digits = range(10)

    assert all(sorted(row) == [*digits] for row in table)
    assert all(table[digit][digit] == 0 for digit in digits)
    for state in digits:
        for one in digits:
            for other in digits:
                if one != other:
                    assert table[table[state][one]][other] != table[table[state][other]][one]


@given(nonce=st.binary(min_size=32, max_size=64))
def test_the_same_form_gives_the_same_code(nonce: bytes) -> None:
    assert CaseCode.from_nonce(nonce) == CaseCode.from_nonce(nonce)


def test_two_forms_give_two_codes() -> None:
    assert CaseCode.from_nonce(b"a" * 32) != CaseCode.from_nonce(b"b" * 32)


def test_a_short_nonce_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        CaseCode.from_nonce(b"short")


@given(code=CODES)
def test_a_code_is_three_lines_that_look_like_telephone_numbers(code: CaseCode) -> None:
    assert [[len(group) for group in line.split(" ")] for line in code.lines] == [[3, 3, 4]] * 3


@given(code=CODES, zero=st.sampled_from(ZEROS), spacing=st.sampled_from(SPACINGS))
def test_any_script_and_any_spacing_is_read(code: CaseCode, zero: str, spacing: str) -> None:
    typed = typed_in(code, zero)

    assert CaseCode.parse(typed) == code
    assert CaseCode.parse(typed.replace(" ", spacing)) == code
    assert CaseCode.parse(typed.split("\n")) == code
    assert CaseCode.parse(typed.replace("\n", "\r\n")) == code
    assert CaseCode.parse(typed.replace("\n", spacing)) == code


def test_arabic_and_persian_digits_are_among_them() -> None:
    assert {"٠", "۰", "०", "០"} <= set(ZEROS)


@given(code=CODES, line=st.integers(0, 2), at=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_every_wrong_digit_is_caught_and_its_line_named(code: CaseCode, line: int, at: int, digit: str) -> None:
    lines = plain_lines(code)
    assume(lines[line][at] != digit)
    lines[line] = changed(lines[line], at, digit)

    with pytest.raises(WrongLine) as wrong:
        CaseCode.parse(lines)

    assert wrong.value.number == line + 1


def test_every_wrong_digit_of_one_code_is_caught() -> None:
    for line in range(3):
        for at in range(10):
            for digit in set("0123456789") - {plain_lines(CODE)[line][at]}:
                lines = plain_lines(CODE)
                lines[line] = changed(lines[line], at, digit)
                with pytest.raises(WrongLine) as wrong:
                    CaseCode.parse("\n".join(lines))
                assert wrong.value.number == line + 1


@given(code=CODES, line=st.integers(0, 2), at=st.integers(0, 8))
def test_every_swap_of_neighbours_is_caught_and_its_line_named(code: CaseCode, line: int, at: int) -> None:
    lines = plain_lines(code)
    before, after = lines[line][at : at + 2]
    assume(before != after)
    lines[line] = lines[line][:at] + after + before + lines[line][at + 2 :]

    with pytest.raises(WrongLine) as wrong:
        CaseCode.parse(lines)

    assert wrong.value.number == line + 1


@given(code=CODES, line=st.integers(0, 2), at=st.integers(0, 9), extra=st.sampled_from(["", "00"]))
def test_a_digit_too_few_or_too_many_is_named_by_line(code: CaseCode, line: int, at: int, extra: str) -> None:
    lines = plain_lines(code)
    lines[line] = lines[line][:at] + extra + lines[line][at + 1 :]

    for typed in (lines, "\n".join(lines)):
        with pytest.raises(WrongLine) as wrong:
            CaseCode.parse(typed)
        assert wrong.value.number == line + 1


@given(code=CODES, order=st.permutations(range(3)))
def test_lines_may_come_in_any_order(code: CaseCode, order: list[int]) -> None:
    assert CaseCode.parse([code.lines[each] for each in order]) == code


def test_a_mistyped_line_is_named_even_where_others_are_out_of_order() -> None:
    first, second, third = plain_lines(CODE)
    broken = next(line for digit in "0123456789" if _line_of(line := changed(third, 4, digit)) == 0)

    with pytest.raises(WrongLine) as wrong:
        CaseCode.parse([second, first, broken])

    assert wrong.value.number == 3


def test_the_same_line_twice_is_caught() -> None:
    first, second, _ = CODE.lines

    with pytest.raises(WrongLine) as wrong:
        CaseCode.parse([first, second, second])

    assert wrong.value.number == 3


@pytest.mark.parametrize(("empty", "named"), [(0, 1), (1, 2), (2, 3)])
def test_an_empty_line_is_named(empty: int, named: int) -> None:
    lines = ["" if number == empty else line for number, line in enumerate(CODE.lines)]

    for typed in (lines, "\n".join(lines)):
        with pytest.raises(WrongLine) as wrong:
            CaseCode.parse(typed)
        assert wrong.value.number == named


def test_the_whole_code_in_the_first_field_is_read() -> None:
    assert CaseCode.parse([" ".join(CODE.lines), "", ""]) == CODE


@given(typed=st.text(max_size=80) | st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_typed_gets_a_plain_answer(typed: str | list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        CaseCode.parse(typed)

    assert isinstance(refusal.value, WrongLine)
    assert refusal.value.number in {1, 2, 3}


def test_the_refusal_repeats_no_digit_of_the_code() -> None:
    with pytest.raises(WrongLine) as wrong:
        CaseCode.parse(["9876543210", *CODE.lines[1:]])

    assert "9876543210" not in str(wrong.value)


@given(code=CODES)
def test_a_code_gives_one_reporter_key_and_a_known_id_that_is_no_part_of_it(code: CaseCode) -> None:
    again = CaseCode.parse("\n".join(code.lines)).reporter

    assert (again.recipient_id, again.key) == (code.reporter.recipient_id, code.reporter.key)
    assert again.recipient_id.version == 8
    assert again.recipient_id.bytes[:6] not in again.key


def test_a_code_of_the_demonstration_is_nobody_in_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    here = CODE.reporter

    settings.SAFECONDUCT_CONTEXT = "programme"

    assert here.recipient_id != CODE.reporter.recipient_id
    assert here.key != CODE.reporter.key


def test_codes_spread_evenly_over_the_digits() -> None:
    digits = "".join(CaseCode.from_nonce(number.to_bytes(32, "big")).digits for number in range(400))

    shares = [digits.count(str(digit)) / len(digits) for digit in range(10)]

    assert all(0.08 < share < 0.12 for share in shares)
