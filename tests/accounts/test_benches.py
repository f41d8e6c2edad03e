"""Two benches of custodians: who may sit, who is given a bench's key, and what stays apart."""

from pathlib import Path
from uuid import UUID

import pytest

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import BENCHES, Joining, NewPerson, NewTeam, Role, TeamKind
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.accounts.test_coming_and_going import again, agreed, come_in, join
from tests.accounts.test_restoring import cards_of
from tests.programme import BENCH_A, BENCH_B, CHEAP, LISBON, Programme, found, found_with_benches

STRANGER = NewPerson("Nobody", "nobody", frozenset({Role.CUSTODIAN}), teams=(BENCH_B,))
SEATS = (("chiara", "yara"), ("kofi", "joon"))


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found_with_benches()


def custodian(name: str) -> NewPerson:
    return NewPerson(name.title(), name, frozenset({Role.CUSTODIAN}))


def signed_by(programme: Programme, subject: UUID, *custodians: str) -> None:
    for one in custodians:
        services.sign_roster(subject, passphrase=programme.founded.person(one).passphrase, by=programme.desk(one))


def holders(kind: TeamKind) -> frozenset[UUID]:
    return queries.benches()[kind].member_ids


def sit(programme: Programme) -> dict[str, Joining]:
    """Let two further custodians join, and benches be made of the four and signed."""
    joined = {name: join(programme, custodian(name)) for name in ("yara", "joon")}
    ids = {name: one.member_id for name, one in joined.items()} | {
        name: programme.member_id(name) for name in ("chiara", "kofi")
    }
    seats = {kind: [ids[name] for name in bench] for kind, bench in zip(BENCHES, SEATS, strict=True)}
    services.make_benches(seats, by=programme.desk("leyla"))
    for member_id in ids.values():
        signed_by(programme, member_id, "chiara", "kofi")
    return joined


@pytest.mark.usefixtures("db", "data_folder")
def test_benches_are_made_signed_and_given_keys_in_a_programme_that_has_none() -> None:
    programme = found()
    sit(programme)
    assert not queries.benches_sit()

    services.begin_benches(by=programme.desk("leyla"))
    for bench in queries.benches().values():
        signed_by(programme, bench.team_id, "chiara", "kofi")

    assert queries.benches_sit()


@pytest.mark.usefixtures("db", "data_folder")
def test_no_bench_is_given_a_key_before_everyone_on_it_is_signed() -> None:
    programme = found()
    sit(programme)
    late = join(programme, custodian("late"))
    bench = next(one.id for one in queries.teams_for(programme.desk("leyla")) if one.name == BENCH_A)
    services.join_team(late.member_id, bench, by=programme.desk("leyla"))

    with pytest.raises(Refused) as refusal:
        services.begin_benches(by=programme.desk("leyla"))

    assert refusal.value.code == "bench.unsigned"


@pytest.mark.usefixtures("db", "data_folder")
@pytest.mark.parametrize(
    ("seats", "code"),
    [
        ((("chiara",), ("kofi",)), "bench.too-few"),
        ((("chiara", "kofi"), ("kofi", "chiara")), "bench.both"),
        ((("chiara", "ines"), ("kofi", "leyla")), "bench.custodian"),
    ],
)
def test_benches_of_too_few_or_of_others_are_refused(seats: tuple[tuple[str, ...], ...], code: str) -> None:
    programme = found()
    named = zip(BENCHES, seats, strict=True)

    with pytest.raises(Refused) as refusal:
        services.make_benches(
            {kind: [programme.member_id(name) for name in bench] for kind, bench in named}, by=programme.desk("leyla")
        )

    assert refusal.value.code == code


def test_nobody_joins_the_other_bench_too(programme: Programme) -> None:
    with pytest.raises(Refused) as refusal:
        services.join_team(programme.member_id("chiara"), programme.team_id(BENCH_B), by=programme.desk("leyla"))

    assert refusal.value.code == "bench.both"


@pytest.mark.parametrize("who", ["ines", "leyla"])
def test_only_custodians_sit(programme: Programme, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.plan_teams(
            programme.member_id(who),
            {UUID(str(one)) for one in planned(programme, who)} | {programme.team_id(BENCH_A)},
            by=programme.desk("leyla"),
        )

    assert refusal.value.code == "bench.custodian"


def planned(programme: Programme, who: str) -> frozenset[UUID]:
    return next(one.team_ids for one in queries.everyone() if one.sign_in_name == who)


def test_there_is_one_bench_of_each_kind(programme: Programme) -> None:
    with pytest.raises(Refused):
        services.make_team(NewTeam("Bench C", TeamKind.BENCH_A), by=programme.desk("leyla"))


def test_two_custodians_of_one_bench_cannot_sign_a_third_person_onto_the_other(programme: Programme) -> None:
    theirs = join(programme, STRANGER)
    signed_by(programme, theirs.member_id, "chiara", "yara")

    services.share_team_keys(by=programme.desk("kofi"))
    services.rekey_team(programme.team_id(BENCH_B), by=programme.desk("leyla"))

    assert theirs.member_id not in holders(TeamKind.BENCH_B)
    assert queries.bench_of(again(theirs)) is None


def test_whoever_their_own_bench_signed_for_is_given_its_key(programme: Programme) -> None:
    theirs = join(programme, STRANGER)
    signed_by(programme, theirs.member_id, "chiara", "joon")

    services.share_team_keys(by=programme.desk("kofi"))

    assert theirs.member_id in holders(TeamKind.BENCH_B)
    assert queries.bench_of(again(theirs)) is TeamKind.BENCH_B


def test_a_removed_custodians_bench_gets_a_key_that_they_never_knew(programme: Programme) -> None:
    before = programme.desk("yara").ring.recipient_ids
    services.remove_member(
        programme.member_id("chiara"), by=programme.desk("leyla"), agreement=agreed(programme, "kofi")
    )

    assert holders(TeamKind.BENCH_A) == {programme.member_id("yara")}
    assert programme.desk("yara").ring.recipient_ids > before
    assert not queries.benches_sit()


def test_nobody_of_the_other_bench_agrees_to_new_cards(programme: Programme) -> None:
    with pytest.raises(Refused) as refusal:
        services.make_cards(
            programme.team_id(BENCH_A), by=programme.desk("chiara"), agreement=agreed(programme, "joon")
        )

    assert refusal.value.code == "bench.both"


def test_somebody_on_a_bench_makes_its_cards_with_a_custodian_of_the_same(programme: Programme) -> None:
    made = services.make_cards(
        programme.team_id(BENCH_A), by=programme.desk("chiara"), agreement=agreed(programme, "yara")
    )

    assert len(made.cards) == 3


@pytest.mark.parametrize("who", ["leyla", "kofi"])
def test_only_somebody_of_the_bench_types_its_cards(programme: Programme, who: str) -> None:
    with pytest.raises((Refused, NotAllowed)):
        services.restore_team(programme.team_id(BENCH_A), cards_of(programme, BENCH_A)[:2], by=programme.desk(who))


def test_a_lead_still_types_the_cards_of_an_ordinary_team(programme: Programme) -> None:
    restored = services.restore_team(
        programme.team_id(LISBON), cards_of(programme, LISBON)[:2], by=programme.desk("leyla")
    )

    assert restored.given == 0


def test_a_bench_is_joined_again_by_cards_after_new_words(programme: Programme) -> None:
    words = services.replace_lost_passphrase(
        programme.member_id("yara"), by=programme.desk("leyla"), agreement=agreed(programme, "chiara")
    )
    yara = services.accept_invitation(words, work=CHEAP)
    come_in(yara)
    signed_by(programme, yara.member_id, "chiara", "kofi")
    restored = services.restore_team(programme.team_id(BENCH_A), cards_of(programme, BENCH_A)[1:], by=again(yara))

    assert restored.given == 1
    assert queries.bench_of(again(yara)) is TeamKind.BENCH_A
