"""Promises about counting closed cases and about closing a period."""

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.queries import superseded_keys
from safeconduct.accounts.values import Exclusions
from safeconduct.audit import proofs
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.rules import Linkage, Threat
from safeconduct.domains.cases.services import decisions, work
from safeconduct.domains.cases.values import Contribution
from safeconduct.domains.remedy.rules import Conclusion, Side
from safeconduct.domains.remedy.values import Ruling
from safeconduct.domains.transparency import queries, services
from safeconduct.domains.transparency.models import Box, Publication, SealedSlip
from safeconduct.domains.transparency.rules import Dimension, Month, Question, Row, Split, documents, fingerprint_id
from safeconduct.domains.transparency.rules.tables import SHOWN_IN
from safeconduct.domains.transparency.views import Published
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault.models import Envelope
from safeconduct.vault.queries import wrapped_to
from tests.accounts.test_coming_and_going import sign
from tests.domains.cases.making import make_case
from tests.domains.remedy.making import NO_ACTION, decided_appeal, make_decided
from tests.domains.transparency.conftest import Calendar, Captured, CloseCases
from tests.domains.transparency.making import appeals, count, publish
from tests.programme import LEADS, Programme

OCTOBER = Month(2026, 10)
NONE = Contribution(Linkage.NONE)


def rows(published: Published, dimension: Dimension) -> dict[str, Row]:
    table = next(each for each in published.document.numbers.tables if each.by is dimension)
    return {row.row: row for row in table.rows}


def test_a_closed_case_leaves_one_slip_that_says_nothing_to_whoever_steals_the_database(
    close_cases: CloseCases,
) -> None:
    close_cases(country="XK", threat=Threat.T5)
    close_cases(country="TR", threat=Threat.T2)

    slips = [bytes(slip.sealed) for slip in SealedSlip.objects.all()]
    assert len({len(slip) for slip in slips}) == 1
    # Words long enough that no ciphertext holds one by chance.
    assert not any(word in slip for slip in slips for word in (b"southern-europe", b"western-asia", b"protected"))
    assert {field.name for field in SealedSlip._meta.get_fields()} == {"id", "box", "sealed"}


def test_twelve_closed_cases_are_published_and_amina_cannot_be_picked_out(
    programme: Programme, close_cases: CloseCases, time: Calendar
) -> None:
    close_cases(11)
    close_cases(country="Kosovo", language="ar", threat=Threat.T5)  # Amina's
    time.stand_on(2026, 11, 2)

    published = publish(programme)

    assert published.document.numbers.cases == 12
    for dimension, hers in (("threat", "T5"), ("region", "southern-europe"), ("language", "ar")):
        seen = rows(published, Dimension(dimension))
        assert {row.count for row in seen.values()} == {None}, "her row would follow from the others"
        assert hers in seen
    assert "1" not in {str(row.count) for dimension in SHOWN_IN for row in rows(published, dimension).values()}


def test_closing_destroys_what_the_figures_were_made_from(programme: Programme, time: Calendar) -> None:
    count(12)
    envelope = Box.objects.get().id
    time.stand_on(2026, 11, 2)

    publish(programme)

    assert (Box.objects.count(), SealedSlip.objects.count()) == (0, 0)
    assert not Envelope.objects.filter(pk=envelope).exists()


def test_a_period_that_still_runs_is_neither_shown_nor_published(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 1)  # the Sunday of its last week

    with pytest.raises(Refused, match="not over"):
        services.preview(OCTOBER, programme.desk("leyla"))
    assert queries.closable_for(programme.desk("leyla")) == []


def test_ten_cases_are_too_few_and_the_sentence_does_not_count_them(programme: Programme, time: Calendar) -> None:
    count(10)
    time.stand_on(2026, 11, 2)

    with pytest.raises(Refused, match="Take more months together"):
        services.preview(OCTOBER, programme.desk("leyla"))


def test_what_was_too_few_is_published_with_the_next_month(programme: Programme, time: Calendar) -> None:
    count(6)
    time.stand_on(2026, 11, 3)
    count(6)
    time.stand_on(2026, 12, 8)

    published = publish(programme, Month(2026, 11))

    assert (published.document.period, published.document.numbers.cases) == ("2026-10_2026-11", 12)


def test_no_case_is_counted_in_two_periods(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 3)
    count(11)
    time.stand_on(2026, 12, 8)
    publish(programme)

    following = publish(programme, Month(2026, 11))

    assert (following.document.period, following.document.numbers.cases) == ("2026-11", 11)
    assert following.document.first_day > queries.published_period("2026-10").document.last_day
    with pytest.raises(Refused):
        publish(programme, OCTOBER)


def test_a_case_that_an_appeal_opens_again_is_counted_once(
    programme: Programme, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = make_decided(programme)
        decisions.close_case(made.id, NONE, feedback_asked=False, desk=programme.desk("ines"))
    decided_appeal(programme, made, Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account."))
    leyla = programme.desk("leyla")
    work.take_case(made.id, leyla)
    decisions.decide(made.id, NO_ACTION, leyla)

    with django_capture_on_commit_callbacks(execute=True):
        decisions.close_case(made.id, NONE, feedback_asked=False, desk=leyla)

    assert SealedSlip.objects.count() == 1


def test_a_case_that_takes_in_one_counted_before_is_counted_itself(
    programme: Programme, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        gone = make_decided(programme)
        decisions.close_case(gone.id, NONE, feedback_asked=False, desk=programme.desk("ines"))
    decided_appeal(programme, gone, Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account."))
    leyla = programme.desk("leyla")
    kept = make_case(programme)
    work.take_case(kept.id, leyla)
    work.link_reports(gone.id, kept.id, leyla)
    decisions.decide(kept.id, NO_ACTION, leyla)

    with django_capture_on_commit_callbacks(execute=True):
        decisions.close_case(kept.id, NONE, feedback_asked=False, desk=leyla)

    assert SealedSlip.objects.count() == 2


def test_only_what_a_lead_was_shown_is_published(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 2)
    lead = programme.desk("leyla")
    shown = str(services.preview(OCTOBER, lead).fingerprint)
    time.stand_on(2026, 11, 3)  # the day of closing stands in the file

    with pytest.raises(Refused, match="not what the page showed"):
        services.close_period(OCTOBER, lead, shown=shown)
    assert not Publication.objects.exists()


def test_publishing_what_is_published_already_changes_nothing_and_says_so(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 2)
    lead = programme.desk("leyla")
    shown = str(services.preview(OCTOBER, lead).fingerprint)

    first, again = (services.close_period(OCTOBER, lead, shown=shown) for _ in range(2))

    assert again == first
    assert Publication.objects.count() == 1
    assert [each.action for each in audit.entries_for(first.fingerprint)].count("numbers.published") == 1


@pytest.mark.parametrize("who", ["ines", "chiara", "tomas"])
def test_nobody_but_a_lead_sees_or_closes_a_period(programme: Programme, time: Calendar, who: str) -> None:
    count(12)
    time.stand_on(2026, 11, 2)

    with pytest.raises(NotAllowed):
        services.preview(OCTOBER, programme.desk(who))
    with pytest.raises(NotAllowed):
        services.close_period(OCTOBER, programme.desk(who), shown="")


def test_leads_learn_nothing_of_a_case_that_somebody_is_kept_out_of(
    programme: Programme, close_cases: CloseCases, time: Calendar
) -> None:
    close_cases(12, country="KE", exclusions=Exclusions(countries=frozenset({"NL"})))  # Leyla, the lead, is in NL
    time.stand_on(2026, 11, 2)

    published = publish(programme)

    assert published.document.numbers.cases == 12
    assert rows(published, Dimension.REGION)["sub-saharan-africa"].count is None
    assert rows(published, Dimension.THREAT)["T2"].count is None


@pytest.mark.django_db(transaction=True)
def test_a_published_file_is_proved_by_the_record_and_a_changed_one_is_not(
    programme: Programme, time: Calendar
) -> None:
    count(12)
    time.stand_on(2026, 11, 2)
    published = publish(programme)

    verdict = proofs.verify_bundle(queries.proof_of(published))

    assert verdict.holds
    assert {entry.leaf.subject for entry in verdict.entries} == {fingerprint_id(published.text.encode())}
    changed = published.text.replace('"cases": 12', '"cases": 13')
    assert changed != published.text
    assert fingerprint_id(changed.encode()) not in {entry.leaf.subject for entry in verdict.entries}


def test_the_same_figures_stand_in_the_page_the_json_and_the_csv(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 2)
    published = publish(programme)

    assert documents.read(published.text) == published.document
    assert "all,all,12,replied_in_time,not shown,not shown" in documents.as_csv(published.document)
    assert queries.published_period("2026-10") == published


def test_a_period_still_opens_after_the_leads_key_was_replaced(programme: Programme, time: Calendar) -> None:
    count(12)
    accounts.rekey_team(programme.team_id(LEADS), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LEADS))

    assert services.follow_keys(programme.desk("leyla")) == 1

    former = [*superseded_keys()]
    assert not wrapped_to(former).filter(envelope=Box.objects.get().id).exists()
    time.stand_on(2026, 11, 2)
    assert publish(programme).document.numbers.cases == 12


def test_nobody_but_a_lead_wraps_a_box_anew(programme: Programme) -> None:
    count(1)
    accounts.rekey_team(programme.team_id(LEADS), by=programme.desk("leyla"))

    assert services.follow_keys(programme.desk("ines")) == 0


def test_a_refused_closing_loses_no_slip(programme: Programme, time: Calendar) -> None:
    count(12)
    time.stand_on(2026, 11, 2)

    with pytest.raises(Refused):
        services.close_period(OCTOBER, programme.desk("leyla"), shown="")

    assert SealedSlip.objects.count() == 12


def test_appeals_and_what_they_overturned_are_published_with_the_period(programme: Programme, time: Calendar) -> None:
    count(84, threats=(Threat.T5,), language="ar", secured=True, acts=2)
    count(31, threats=(Threat.T8,))
    appeals(13, threats=(Threat.T5,), language="ar")
    appeals(12, threats=(Threat.T5,), language="ar", conclusion=Conclusion.CHANGED, in_time=False)
    appeals(2, threats=(Threat.T8,))
    time.stand_on(2026, 11, 3)

    published = publish(programme)

    told = published.document.numbers
    assert told.appeals is not None
    assert (told.acts, told.appeals.count) == (168, 27)
    assert told.appeals.splits[Question.OVERTURNED] == Split(12, 15)
    assert documents.read(published.text) == published.document
    assert "appeals,threat,together,27,overturned,12,15" in documents.as_csv(published.document)


def test_how_often_a_reporters_own_appeal_changes_a_decision_is_published(programme: Programme, time: Calendar) -> None:
    count(70)
    appeals(30, conclusion=Conclusion.CHANGED)
    appeals(12)
    appeals(11, side=Side.ACTED_ON, conclusion=Conclusion.RETURNED)
    appeals(11, side=Side.ACTED_ON)
    time.stand_on(2026, 11, 3)

    told = publish(programme).document.numbers.appeals

    assert told is not None
    by_side = next(table for table in told.tables if table.by is Dimension.SIDE)
    assert [row for row in by_side.rows if row.count] == [Row("reporter", 42, {Question.OVERTURNED: Split(30, 12)})]
    assert by_side.together == Row("together", 22, {Question.OVERTURNED: Split(11, 11)})
