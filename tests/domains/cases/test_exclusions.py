"""Promises to a reporter who says who must not see the case."""

from dataclasses import replace
from itertools import combinations
from uuid import UUID

import pytest

from safeconduct.accounts import queries as accounts
from safeconduct.accounts import services
from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.services import work
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Keyring
from safeconduct.vault import services as vault
from tests.accounts.test_coming_and_going import NURA, again, join, sign
from tests.domains.cases.making import make_case
from tests.programme import LISBON, NAIROBI, Programme

STAFF = {"ines": "PT", "idris": "KE", "leyla": "NL"}
COUNTRIES = tuple(STAFF.values())
SUBSETS = [frozenset(some) for size in range(len(COUNTRIES)) for some in combinations(COUNTRIES, size)]


def opens(programme: Programme, name: str, case_id: UUID) -> bool:
    """Return whether someone's whole ring opens any key of a case, asked of the vault itself."""
    return opens_with(programme.desk(name).ring, case_id)


def opens_with(ring: Keyring, case_id: UUID) -> bool:
    case = Case.objects.get(pk=case_id)
    envelopes = [case.work, *Report.objects.filter(case=case).values_list("conversation", flat=True)]
    return bool(vault.open(envelopes, ring=ring, why="a test"))


@pytest.mark.parametrize("countries", SUBSETS, ids=lambda each: "+".join(sorted(each)) or "nobody")
def test_whoever_is_excluded_opens_no_key_and_whoever_is_not_opens_all(
    programme: Programme, countries: frozenset[str]
) -> None:
    made = make_case(programme, exclusions=Exclusions(countries=countries))

    assert {name for name in STAFF if opens(programme, name, made.id)} == {
        name for name, country in STAFF.items() if country not in countries
    }


@pytest.mark.parametrize("name", ["ines", "Idris", "LEYLA"])
def test_an_excluded_person_opens_no_key(programme: Programme, name: str) -> None:
    made = make_case(programme, exclusions=Exclusions(person=name))

    assert not opens(programme, name.lower(), made.id)


def test_a_report_that_excludes_everybody_is_refused_and_not_lost_in_silence(programme: Programme) -> None:
    with pytest.raises(Refused, match="Leave out fewer"):
        make_case(programme, exclusions=Exclusions(countries=frozenset(COUNTRIES)))

    assert not Case.objects.exists()


def test_whoever_cannot_open_a_case_sees_not_even_a_count(programme: Programme) -> None:
    made = make_case(programme, exclusions=Exclusions(team_ids=frozenset({programme.team_id(LISBON)})))
    ines = programme.desk("ines")

    assert queries.queue_for(ines) == []
    assert queries.queue_mark_for(ines) == queries.queue_mark_for(ines, "mine")
    assert queries.flood_groups_for(ines) == []
    assert queries.pages_for(ines) == []
    with pytest.raises(NotAllowed):
        queries.case_numbered(made.receipt.number, ines)


def test_what_is_missing_and_what_is_forbidden_are_answered_alike(programme: Programme) -> None:
    made = make_case(programme, exclusions=Exclusions(person="Ines"))
    ines = programme.desk("ines")
    reads = (queries.case_for, queries.colleagues_for, work.take_case)

    answers = []
    for read in reads:
        for case_id in (made.id, new_id()):
            with pytest.raises(NotAllowed) as refused:
                read(case_id, ines)
            answers.append((refused.value.code, refused.value.sentence))

    assert len(set(answers)) == 1


def test_a_case_is_never_handed_to_whom_its_reporter_excluded(programme: Programme) -> None:
    made = make_case(programme, exclusions=Exclusions(team_ids=frozenset({programme.team_id(NAIROBI)})))
    ines, idris = programme.desk("ines"), programme.member_id("idris")
    work.take_case(made.id, ines)

    assert idris not in {colleague.id for colleague in queries.colleagues_for(made.id, ines)}
    with pytest.raises(Refused, match="cannot go to this colleague"):
        work.hand_over(made.id, idris, ines, note="")
    assert not opens(programme, "idris", made.id)


@pytest.mark.parametrize("taken", [False, True])
def test_someone_excluded_who_joins_the_team_afterwards_opens_nothing(programme: Programme, *, taken: bool) -> None:
    made = make_case(programme, exclusions=Exclusions(countries=frozenset({"KE"})))
    if taken:
        work.take_case(made.id, programme.desk("ines"))
    nura = join(programme, replace(NURA, country="KE"))
    sign(programme, nura.member_id)
    services.share_team_keys(by=programme.desk("ines"))
    assert again(nura).ring.recipient_ids > {accounts.person_recipient(nura.member_id).id}

    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))
    for name in ("ines", "leyla"):
        work.rewrap_waiting(programme.desk(name))

    assert not opens_with(again(nura).ring, made.id)
    assert opens(programme, "ines", made.id)


def test_linking_obeys_the_exclusions_of_both_reports(programme: Programme) -> None:
    kept = make_case(programme, by="leyla")
    gone = make_case(programme, by="leyla", exclusions=Exclusions(person="Ines"))
    leyla = programme.desk("leyla")
    work.take_case(kept.id, programme.desk("ines"))

    with pytest.raises(Refused, match="stay out of this case"):
        work.link_reports(gone.id, kept.id, leyla)

    work.hand_over(kept.id, programme.member_id("idris"), leyla, note="")
    work.link_reports(gone.id, kept.id, leyla)
    assert not opens(programme, "ines", kept.id)
    assert opens(programme, "idris", kept.id)


def test_whoever_steps_back_for_a_conflict_opens_nothing_any_more(programme: Programme) -> None:
    made = make_case(programme)
    ines = programme.desk("ines")
    work.take_case(made.id, ines)

    work.declare_conflict(made.id, ines, reason="I know the person.")

    assert not opens(programme, "ines", made.id)
    assert opens(programme, "idris", made.id)
    work.take_case(made.id, programme.desk("idris"))
    others = queries.colleagues_for(made.id, programme.desk("idris"))
    assert programme.member_id("ines") not in {colleague.id for colleague in others}


def test_the_exclusions_are_shown_in_words_to_whoever_may_open_the_case(programme: Programme) -> None:
    excluded = Exclusions(frozenset({"KE"}), frozenset({programme.team_id(NAIROBI)}), "Idris")
    made = make_case(programme, exclusions=excluded)

    assert queries.case_for(made.id, programme.desk("ines")).exclusions == ("KE", NAIROBI, "Idris")
