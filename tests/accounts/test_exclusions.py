"""Whom a reporter excludes holds no key that the report is wrapped to."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.accounts import queries, services
from safeconduct.accounts.models import Member
from safeconduct.accounts.rules import PersonFacts, TeamFacts, excluded_people, plan_audience
from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions, NewPerson, Note, Role, TeamKind
from safeconduct.kernel.errors import Refused
from tests.programme import LISBON, NAIROBI, Programme

COUNTRIES = ("PT", "KE", "NL", "")
NAMES = ("Ines", "Idris", "Leyla", "Ana de Melo")
KINDS = frozenset({TeamKind.INTAKE, TeamKind.LEAD})
IDS = [UUID(int=number) for number in range(1, 7)]

people_drawn = st.lists(
    st.builds(PersonFacts, st.sampled_from(IDS), st.tuples(st.sampled_from(NAMES)), st.sampled_from(COUNTRIES)),
    unique_by=lambda person: person.id,
    max_size=6,
)
teams_drawn = st.lists(
    st.builds(
        TeamFacts,
        st.sampled_from([UUID(int=number) for number in range(101, 105)]),
        st.sampled_from(list(TeamKind)),
        st.sampled_from(COUNTRIES),
        st.frozensets(st.sampled_from(IDS)),
        st.booleans(),
    ),
    unique_by=lambda team: team.id,
    max_size=4,
)
exclusions_drawn = st.builds(
    Exclusions,
    st.frozensets(st.sampled_from(COUNTRIES[:3])),
    st.frozensets(st.sampled_from([UUID(int=number) for number in range(101, 105)])),
    st.sampled_from(["", "Ines", "idris, please", "Ana", "nobody here", "Ines\nLeyla"]),
)


@settings(max_examples=200)
@given(people_drawn, teams_drawn, exclusions_drawn, st.frozensets(st.sampled_from(IDS)))
def test_nobody_excluded_can_open_what_the_plan_wraps_to(
    people: list[PersonFacts], teams: list[TeamFacts], exclude: Exclusions, without: frozenset[UUID]
) -> None:
    plan = plan_audience(people, teams, exclude, kinds=KINDS, without=without)

    readers = plan.member_ids | {one for team in teams if team.id in plan.team_ids for one in team.member_ids}
    assert not readers & (excluded_people(people, teams, exclude) | without)
    assert not plan.team_ids & exclude.team_ids
    assert all(team.signed for team in teams if team.id in plan.team_ids)


@pytest.mark.parametrize(
    ("text", "names", "named"),
    [
        ("INES", ("Ines", "ines"), True),
        ("not Ines please", ("Ines", "ines"), True),
        ("Ana", ("Ana de Melo", "ana.m"), True),
        ("Ana Melo-Santos", ("Ana de Melo", "ana.m"), True),
        ("de", ("Ana de Melo", "melo"), False),
        ("Victor", ("Ines", "ines"), False),
        ("أمينة", ("أمينة", "amina"), True),
        ("", ("Ines", "ines"), False),
    ],
)
def test_free_text_names_people_generously(text: str, names: tuple[str, ...], *, named: bool) -> None:
    somebody = PersonFacts(IDS[0], names, "")

    assert bool(excluded_people([somebody], [], Exclusions(person=text))) is named


def test_an_excluded_country_leaves_its_team_out(programme: Programme) -> None:
    audience = queries.intake_recipients(Exclusions(countries=frozenset({"KE"})))

    assert queries.people_who_can_open(audience) == {programme.member_id("ines"), programme.member_id("leyla")}


def test_whoever_joins_a_team_later_opens_nothing_that_left_anyone_out(programme: Programme) -> None:
    audience = queries.intake_recipients(Exclusions(countries=frozenset({"KE"})))

    assert audience.team_ids == set()


@pytest.mark.parametrize("exclude", [NOBODY_EXCLUDED, Exclusions(countries=frozenset({"PT"}))])
@pytest.mark.parametrize("change", [{"country": "ES"}, {"display_name": "Nobody"}])
def test_whose_row_was_changed_since_it_was_signed_reads_nothing_new(
    programme: Programme, exclude: Exclusions, change: dict[str, str]
) -> None:
    Member.objects.filter(sign_in_name="ines").update(**change)

    audience = queries.intake_recipients(exclude)

    assert queries.people_who_can_open(audience) == {programme.member_id("idris"), programme.member_id("leyla")}


def test_an_invitation_takes_nothing_from_the_team_it_leads_to(programme: Programme) -> None:
    person = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "PT", teams=(LISBON,))
    services.invite_member(person, by=programme.desk("leyla"))

    assert programme.team_id(LISBON) in queries.intake_recipients(NOBODY_EXCLUDED).team_ids


def test_an_excluded_teams_members_are_out_everywhere(programme: Programme) -> None:
    exclude = Exclusions(team_ids=frozenset({programme.team_id(NAIROBI)}))

    assert queries.is_excluded(programme.member_id("idris"), exclude)
    assert not queries.is_excluded(programme.member_id("ines"), exclude)


def test_a_person_nobody_knows_means_leads_only(programme: Programme) -> None:
    audience = queries.intake_recipients(Exclusions(person="Victor"))

    assert audience.member_ids == {programme.member_id("leyla")}
    assert Note.PERSON_UNKNOWN in audience.notes


def test_each_line_names_someone(programme: Programme) -> None:
    audience = queries.intake_recipients(Exclusions(person="ines\nIdris"))

    assert audience.member_ids == {programme.member_id("leyla")}
    assert Note.PERSON_UNKNOWN not in audience.notes


def test_someone_who_stepped_back_is_left_out(programme: Programme) -> None:
    audience = queries.intake_recipients(NOBODY_EXCLUDED, without={programme.member_id("ines")})

    assert programme.member_id("ines") not in queries.people_who_can_open(audience)


@pytest.mark.usefixtures("programme")
def test_excluding_everyone_is_refused_with_a_way_on() -> None:
    with pytest.raises(Refused, match="partner organisation"):
        queries.intake_recipients(Exclusions(countries=frozenset(queries.countries_of_staff())))


@pytest.mark.usefixtures("programme")
def test_reporters_are_offered_the_countries_of_staff_only() -> None:
    assert queries.countries_of_staff() == ["GH", "IT", "KE", "NL", "PT"]
