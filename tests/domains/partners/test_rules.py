from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.domains.partners import rules
from safeconduct.domains.partners.rules import Agreed, Footing, State, Term
from safeconduct.kernel.errors import Refused

TODAY = date(2026, 11, 20)
AGREED = Agreed(frozenset({Term.FILE}), TODAY - timedelta(days=10), TODAY + timedelta(days=10))
states = st.sampled_from(State)
agreements = st.sampled_from([(), (AGREED,)])


@given(states, states)
def test_only_moves_with_sense_are_made(now: State, then: State) -> None:
    if then in rules.MOVES[now]:
        rules.check_move(now, then)
    else:
        with pytest.raises(Refused):
            rules.check_move(now, then)


@given(states)
def test_nobody_comes_back_by_the_back_door(then: State) -> None:
    with pytest.raises(Refused):
        rules.check_move(State.LEFT, then)


@given(states, st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400)), agreements)
def test_a_partner_files_only_while_vetted_and_agreed(
    state: State, until: date | None, agreed: tuple[Agreed, ...]
) -> None:
    footing = Footing(state, until, agreed)

    allowed = state is State.VETTED and until is not None and until > TODAY and agreed != ()

    assert footing.may(Term.FILE, TODAY) is allowed
    assert not footing.may(Term.VOUCH, TODAY)


@pytest.mark.parametrize(("day", "stands"), [(-11, False), (-10, True), (9, True), (10, False)])
def test_an_agreement_stands_from_its_first_day_to_the_day_before_its_end(day: int, *, stands: bool) -> None:
    footing = Footing(State.VETTED, TODAY + timedelta(days=365), (AGREED,))

    assert footing.may(Term.FILE, TODAY + timedelta(days=day)) is stands


def test_vetting_that_ran_out_closes_filing_but_not_reading() -> None:
    footing = Footing(State.VETTED, TODAY, (AGREED,))

    assert footing.may_enter()
    with pytest.raises(Refused, match="renewed"):
        rules.check_term(footing, Term.FILE, TODAY)


def test_an_agreement_ends_after_it_begins() -> None:
    with pytest.raises(Refused):
        rules.check_days(TODAY, TODAY)
