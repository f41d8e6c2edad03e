from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.connectors.port import ActKind
from safeconduct.domains.safety import rules
from safeconduct.domains.safety.rules import Bundle, By, GivenProof, Proof, WhoElse
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import NotAllowed, Refused

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WAYS_BACK = {ActKind.CREDENTIALS_FREEZE, ActKind.CONTACT_FREEZE, ActKind.ACCOUNT_UNLOCK, ActKind.PROFILE_HIDE}

proofs = st.frozensets(st.sampled_from(Proof))
who_else = st.sampled_from(WhoElse)
parts = st.sampled_from(By)


@given(proofs, who_else, parts)
def test_nothing_is_done_without_a_proof(given_proofs: frozenset[Proof], who: WhoElse, by: By) -> None:
    leave = rules.what_may_be_done(given_proofs - {Proof.CODE, *rules.STRONGER}, who, by)

    assert not leave.acts


@given(who_else, parts)
def test_a_code_alone_never_hides_restores_or_touches_a_way_back(who: WhoElse, by: By) -> None:
    leave = rules.what_may_be_done({Proof.CODE}, who, by)

    assert leave.acts <= rules.BY_CODE_ALONE | {ActKind.NOTICE_SEND}
    assert not leave.acts & WAYS_BACK
    assert not rules.may_undo({Proof.CODE}, by)


@given(parts)
def test_a_code_that_others_may_read_counts_for_nothing(by: By) -> None:
    for who in (WhoElse.SOMEONE, WhoElse.UNKNOWN):
        assert not rules.what_may_be_done({Proof.CODE}, who, by).acts


@given(proofs, parts)
def test_nothing_is_sent_where_others_may_read(given_proofs: frozenset[Proof], by: By) -> None:
    for who in (WhoElse.SOMEONE, WhoElse.UNKNOWN):
        assert ActKind.NOTICE_SEND not in rules.what_may_be_done(given_proofs, who, by).acts


def test_a_lock_that_a_code_alone_allows_lapses() -> None:
    assert rules.what_may_be_done({Proof.CODE}, WhoElse.NOBODY, By.DEFENDER).lapses


@pytest.mark.parametrize("stronger", sorted(rules.STRONGER))
def test_a_stronger_proof_allows_everything_for_good(stronger: Proof) -> None:
    leave = rules.what_may_be_done({stronger}, WhoElse.UNKNOWN, By.DEFENDER)

    assert leave.acts == rules.EVERY_ACT
    assert not leave.lapses


@given(proofs, who_else)
def test_a_partner_orders_nothing_whatever_the_proof(given_proofs: frozenset[Proof], who: WhoElse) -> None:
    assert not rules.what_may_be_done(given_proofs, who, By.PARTNER).acts
    assert not rules.may_undo(given_proofs, By.PARTNER)


def test_a_code_counts_only_for_the_bundle_it_was_sent_for() -> None:
    by_code = GivenProof(Proof.CODE, NOW, bundle=Bundle.SECURE_NOW)

    assert rules.standing([by_code], bundle=Bundle.SECURE_NOW, now=NOW)
    assert not rules.standing([by_code], bundle=Bundle.HIDE, now=NOW)


@given(st.sampled_from(Proof), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_proof_wears_out(kind: Proof, age: timedelta) -> None:
    proof = GivenProof(kind, NOW - age, bundle=Bundle.HIDE)

    assert bool(rules.standing([proof], bundle=Bundle.HIDE, now=NOW)) is (age < rules.PROOF_LASTS[kind])


@pytest.mark.parametrize(
    ("days", "by", "needs"),
    [(1, By.DEFENDER, True), (6.9, By.DEFENDER, True), (7, By.DEFENDER, False), (1, By.PERSON, False)],
)
def test_a_second_lock_within_seven_days_needs_a_person(days: float, by: By, *, needs: bool) -> None:
    locked = NOW - timedelta(days=days)

    assert rules.lock_needs_a_person(by=by, last_locked_at=locked, knows_earlier=True, now=NOW) is needs


def test_where_nobody_can_tell_of_earlier_locks_a_person_is_needed() -> None:
    assert rules.lock_needs_a_person(by=By.DEFENDER, last_locked_at=None, knows_earlier=False, now=NOW)
    assert not rules.lock_needs_a_person(by=By.DEFENDER, last_locked_at=None, knows_earlier=True, now=NOW)


def test_hiding_on_a_code_is_refused_with_the_way_on() -> None:
    leave = rules.what_may_be_done({Proof.CODE}, WhoElse.NOBODY, By.DEFENDER)

    with pytest.raises(Refused, match="person must check"):
        rules.check_leave(leave, Bundle.HIDE)


def test_a_rule_orders_nothing() -> None:
    with pytest.raises(NotAllowed):
        rules.part_of(BY_RULE)


@given(st.integers(0, 1000))
def test_a_silent_platform_is_asked_ever_more_rarely_but_within_five_minutes(tries: int) -> None:
    assert (
        timedelta(seconds=15)
        <= rules.try_again_after(tries)
        <= rules.try_again_after(tries + 1)
        <= timedelta(minutes=5)
    )


def test_no_bundle_is_a_sanction_or_takes_credentials_away() -> None:
    acts = {act.value for steps in rules.STEPS.values() for act in steps}

    assert not acts & {"account.suspend", "account.limit", "credentials.reset", "content.remove"}
