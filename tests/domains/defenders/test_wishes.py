"""What defenders wish is obeyed: whom they exclude, whether they are kept at all, and that nobody is listed."""

import inspect
from datetime import timedelta

import pytest

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Exclusions, TeamKind
from safeconduct.domains.cases.queries import identities as queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import queries as defenders
from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.models import Alarm, Asking, Call, Identity, Link
from safeconduct.domains.defenders.rules import KEPT_FOR
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import queries as vault
from tests.domains.cases.making import make_case, make_programme
from tests.domains.defenders.burglars import identities_opened_with, secrets_from, seeds_of
from tests.domains.defenders.making import CONTACT, NAME, REASON, TOLD, Enrolled, approved, ask, enrol, nobody_from
from tests.programme import Programme
from tests.standing import Clock


def test_an_excluded_colleague_is_refused_though_they_know_the_pseudonym(programme: Programme) -> None:
    asking = ask(enrol(programme, exclusions=nobody_from("KE")), "idris")

    with pytest.raises(Refused) as refusal:
        services.approve(asking, by=programme.desk("kofi"))

    assert refusal.value.code == "asking.excluded"


def test_a_custodian_whom_the_reporter_excluded_is_wrapped_nothing(programme: Programme) -> None:
    enrol(programme, exclusions=nobody_from("GH"))

    assert identities_opened_with(secrets_from(seeds_of(programme, "chiara", "yara", "kofi"))) == set()
    assert identities_opened_with(secrets_from(seeds_of(programme, "chiara", "joon"))) != set()


def test_nobody_is_enrolled_where_a_whole_bench_is_excluded(programme: Programme) -> None:
    with pytest.raises(Refused) as refusal:
        enrol(programme, exclusions=Exclusions(countries=frozenset({"GH", "KR"})))

    assert refusal.value.code == "bench.nobody-left"


def test_nobody_is_enrolled_while_the_excluded_person_might_be_on_a_bench(programme: Programme) -> None:
    case = make_case(programme, stage=Stage.TRIAGE, by="leyla", exclusions=Exclusions(person="Somebody Unheard"))

    with pytest.raises(Refused) as refusal:
        identities.enrol(case.id, case.report_id, TOLD, programme.desk("leyla"))

    assert refusal.value.code == "bench.person-unknown"


def test_a_further_report_is_tied_by_the_pseudonym_and_shows_no_reason(programme: Programme) -> None:
    first = enrol(programme)
    ask(first)
    other = make_case(programme, stage=Stage.TRIAGE)
    identities.tie_report(other.id, other.report_id, first.pseudonym.upper(), "She called us.", programme.desk("ines"))

    known = Enrolled(other, first.pseudonym, programme).known()

    assert (known.pseudonym, known.enrolled_here) == (first.pseudonym, False)
    assert [(each.asker, each.reason) for each in known.askings] == [("Ines", "")]


def test_whoever_only_claims_a_pseudonym_cannot_have_it_erased(programme: Programme) -> None:
    first = enrol(programme)
    other = make_case(programme, stage=Stage.TRIAGE)
    identities.tie_report(other.id, other.report_id, first.pseudonym, "She says so.", programme.desk("ines"))

    with pytest.raises(NotAllowed):
        identities.erase_oneself(other.report_id, ring=other.ring, by=other.reporter)

    assert Identity.objects.count() == 1


def test_whoever_read_an_identity_cannot_erase_it_and_with_it_what_the_defender_is_shown(programme: Programme) -> None:
    enrolled = enrol(programme)
    services.read_once(approved(enrolled), by=programme.desk("ines"))
    ines = programme.desk("ines")

    with pytest.raises(NotAllowed):
        identities.erase_oneself(enrolled.case.report_id, ring=ines.ring, by=ines.actor)

    # No other verb of a case destroys one.
    assert [name for name in dir(identities) if name.startswith("erase")] == ["erase_oneself"]
    known = queries.known_to_reporter(enrolled.case.report_id, enrolled.case.ring)
    assert known is not None
    assert [each.was_read for each in known.askings] == [True]


@pytest.mark.parametrize("wish", [Exclusions(countries=frozenset({"KE"})), Exclusions(person="Somebody Unheard")])
def test_a_report_that_keeps_a_colleague_out_is_not_tied_to_a_name_they_might_open(
    programme: Programme, wish: Exclusions
) -> None:
    first = enrol(programme)
    later = make_case(programme, stage=Stage.TRIAGE, by="leyla", exclusions=wish)

    with pytest.raises(Refused) as refusal:
        identities.tie_report(later.id, later.report_id, first.pseudonym, "She called.", programme.desk("leyla"))

    assert refusal.value.code == "identity.keeps-out"
    read = services.read_once(approved(first, "idris"), by=programme.desk("idris"))
    assert [each.number for each in read.cases] == [first.case.receipt.number]


def test_how_somebody_was_known_again_is_for_their_case_alone(programme: Programme) -> None:
    first = enrol(programme)
    later = make_case(programme, stage=Stage.TRIAGE)
    identities.tie_report(later.id, later.report_id, first.pseudonym, "She moved to Kisumu.", programme.desk("ines"))

    assert "Kisumu" not in repr(services.read_once(approved(first), by=programme.desk("ines")).cases)


def test_whoever_wishes_it_is_forgotten_with_every_wrapped_half(programme: Programme) -> None:
    enrolled = enrol(programme)
    ask(enrolled)
    kept = Identity.objects.get()
    identities.erase_oneself(enrolled.case.report_id, ring=enrolled.case.ring, by=enrolled.case.reporter)

    wrapped = vault.recipients_of_each([kept.half_a, kept.half_b, kept.book])

    assert set(map(frozenset, wrapped.values())) == {frozenset()}
    assert [each.objects.count() for each in (Identity, Link, Asking)] == [0, 0, 0]
    assert queries.known_to_reporter(enrolled.case.report_id, enrolled.case.ring) is None


def test_after_two_years_whoever_enrolled_is_forgotten_though_nobody_asked(programme: Programme, time: Clock) -> None:
    enrol(programme)
    kept = Identity.objects.get()
    time.move(KEPT_FOR - timedelta(days=1))
    assert services.erase_old() == 0

    time.move(timedelta(days=1))

    assert services.erase_old() == 1
    assert not any(vault.recipients_of_each([kept.half_a, kept.half_b, kept.book]).values())


def test_no_table_of_a_stolen_database_holds_a_name_a_contact_or_a_reason(programme: Programme) -> None:
    enrolled = enrol(programme)
    ask(enrolled)
    said = (NAME, CONTACT, TOLD.consent, REASON, enrolled.case.receipt.number)

    rows = [repr(row) for table in (Identity, Link, Asking, Alarm, Call) for row in table.objects.values_list()]

    assert rows
    assert [words for words in said for row in rows if words in row] == []


def test_a_restored_row_is_forgotten_again_by_its_envelopes_alone(programme: Programme) -> None:
    enrol(programme)
    kept = Identity.objects.get()

    services.forget([kept.half_b])

    assert not Identity.objects.exists()


def test_an_asking_that_a_backup_brings_back_cannot_be_read_again(programme: Programme) -> None:
    enrolled = enrol(programme)
    asking = ask(enrolled)
    for custodian in ("yara", "joon"):
        services.approve(asking, by=programme.desk(custodian))
    services.forget_handed([asking])

    with pytest.raises(Refused):
        services.read_once(asking, by=programme.desk("ines"))


def test_nothing_that_is_read_of_identities_lists_them() -> None:
    takes = {name: [*inspect.signature(getattr(defenders, name)).parameters] for name in defenders.__all__}

    # Each reads one conversation, one's own askings, what waits for one's bench, or alarms: no pages, no search.
    assert takes == {
        "alarms_for": ["desk"],
        "known_in": ["conversation"],
        "own_askings_for": ["desk"],
        "seats_open": [],
        "waiting_for": ["desk"],
    }


@pytest.mark.usefixtures("db", "data_folder", "time")
def test_without_benches_only_pseudonyms_are_kept_and_help_is_the_same() -> None:
    programme = make_programme()
    case = make_case(programme, stage=Stage.TRIAGE)

    with pytest.raises(Refused) as refusal:
        identities.enrol(case.id, case.report_id, TOLD, programme.desk("ines"))

    assert refusal.value.code == "bench.none-sits"
    assert not Identity.objects.exists()


def test_the_benches_of_a_programme_are_apart(programme: Programme) -> None:
    found = accounts.benches()

    assert not found[TeamKind.BENCH_A].member_ids & found[TeamKind.BENCH_B].member_ids
    assert accounts.benches_sit()
