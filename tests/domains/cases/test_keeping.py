"""A closed case is kept for its time and no longer; a hold keeps it; two people can end it sooner."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import needed, queries
from safeconduct.domains.cases.models import Case, Hold, Message, Report, StoredFile, WorkEntry
from safeconduct.domains.cases.queries.keeping import holds_for, is_held, keeping_for
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import conversation, erasing, keeping
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import confiding, ledger
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault
from safeconduct.vault.models import Envelope, Wrap
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.standing import Clock

pytestmark = pytest.mark.django_db

KEPT = timedelta(days=401)
LAW = "A court asked us to keep it: 7 O 12/26."


def closed(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.CLOSED)


def later(programme: Programme, time: Clock, by: timedelta) -> None:
    """Let time pass; whoever was signed in is no longer."""
    time.move(by)
    programme.cookies.clear()


def hold(programme: Programme, made: MadeCase, on: date, *, words: str = "") -> None:
    wish = keeping.ask_hold(made.id, programme.desk("ines"), reason=LAW, review_on=on, words_for_reporter=words)
    keeping.agree_hold(wish, programme.desk("leyla"))


def test_a_closed_case_is_erased_once_its_time_is_over_and_not_before(programme: Programme, time: Clock) -> None:
    made = closed(programme)

    time.move(timedelta(days=399))
    assert erasing.erase_due() == 0
    time.move(timedelta(days=2))
    assert erasing.erase_due() == 1

    with pytest.raises(NotAllowed):
        queries.case_for(made.id, programme.desk("leyla"))
    with pytest.raises(NotAllowed):
        conversation.enter(made.code)


def test_nothing_of_an_erased_case_is_left_but_its_number_its_end_and_days(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    later(programme, time, KEPT)
    erasing.erase_due()

    case = Case.objects.get(pk=made.id)
    assert (case.outcome, case.language, case.assignee, bytes(case.sealed_cover)) == ("protected", "", None, b"")
    assert case.erased_on == time.now.date()
    assert not [table for table in (Report, Message, WorkEntry, StoredFile, Wrap) if table.objects.exists()]
    assert not Envelope.objects.exists()


def test_every_table_that_hangs_on_a_case_is_known_to_its_erasing() -> None:
    hanging = {each.related_model for each in Case._meta.related_objects}
    of_reports = {each.related_model for each in Report._meta.related_objects}

    assert hanging == {*erasing.OF_A_CASE, Report, StoredFile}
    assert of_reports == {Message, StoredFile}


def test_an_open_case_is_never_due(programme: Programme, time: Clock) -> None:
    make_case(programme, stage=Stage.DECIDED)
    time.move(timedelta(days=4000))

    assert erasing.erase_due() == 0


def test_what_the_record_was_committed_to_can_no_longer_be_proved_and_the_tree_still_holds(
    programme: Programme, time: Clock
) -> None:
    made = closed(programme)
    decided = next(each for each in audit.entries_for(made.report_id) if each.action == "report.decided")
    opened = vault.open_one(Report.objects.get(pk=made.report_id).conversation, ring=made.ring, why="test")
    unseal = confiding.read_as_addressee(opened)
    assert audit.facts_of(decided.id, unseal) == {"outcome": "protected"}

    later(programme, time, KEPT)
    erasing.erase_due()

    assert audit.facts_of(decided.id, unseal) is None
    assert [each.action for each in audit.entries_for(made.id)][-1] == "case.erased"


def test_the_ledger_names_what_was_erased_and_no_more_than_opaque_ids(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    work = Case.objects.get(pk=made.id).work
    later(programme, time, KEPT)
    erasing.erase_due()

    lines = ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes())
    named = {each for line in lines for each in line.ids}
    assert {made.id, made.report_id, work} <= named


def test_a_held_case_outlives_its_time_until_the_hold_is_lifted(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    hold(programme, made, time.now.date() + timedelta(days=300))
    later(programme, time, KEPT)
    assert erasing.erase_due() == 0

    standing = holds_for(programme.desk("leyla"))
    assert [(each.number, each.reason, each.overdue) for each in standing] == [(made.receipt.number, LAW, True)]
    keeping.ask_lift(standing[0].id, programme.desk("leyla"), reason="The court is done.")
    assert erasing.erase_due() == 0
    keeping.agree_lift(standing[0].id, programme.desk("ines"))

    assert erasing.erase_due() == 1


@pytest.mark.parametrize("name", ["ines", "leyla"])
def test_a_hold_that_took_two_people_is_lifted_by_no_one_person(programme: Programme, time: Clock, name: str) -> None:
    hold(programme, make_case(programme), time.now.date() + timedelta(days=30))
    standing, desk = Hold.objects.get(), programme.desk(name)

    refused_with("hold.two-lift", lambda: keeping.lift_hold(standing.id, desk, reason="Done."))
    keeping.ask_lift(standing.id, desk, reason="Done.")
    refused_with("keeping.same-person", lambda: keeping.agree_lift(standing.id, desk))

    assert Hold.objects.get().ended_on is None


def test_two_who_do_not_lead_lift_no_hold(programme: Programme, time: Clock) -> None:
    hold(programme, make_case(programme), time.now.date() + timedelta(days=30))
    standing = Hold.objects.get().id
    keeping.ask_lift(standing, programme.desk("ines"), reason="Done.")

    refused_with("keeping.no-lead", lambda: keeping.agree_lift(standing, programme.desk("idris")))


def test_a_wish_to_lift_a_hold_can_be_taken_back_and_then_nobody_can_agree_to_it(
    programme: Programme, time: Clock
) -> None:
    hold(programme, make_case(programme), time.now.date() + timedelta(days=30))
    standing = Hold.objects.get().id
    keeping.ask_lift(standing, programme.desk("ines"), reason="Done.")

    keeping.withdraw_lift(standing, programme.desk("leyla"))

    with pytest.raises(NotAllowed):
        keeping.agree_lift(standing, programme.desk("leyla"))
    (seen,) = holds_for(programme.desk("leyla"))
    assert (seen.stands, seen.lift_asked_by, seen.lifted_because) == (True, "", "")


def refused_with(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def test_a_hold_takes_two_people_one_of_them_a_lead(programme: Programme, time: Clock) -> None:
    made = make_case(programme)
    asked = keeping.ask_hold(
        made.id, programme.desk("ines"), reason=LAW, review_on=time.now.date() + timedelta(days=30)
    )

    with pytest.raises(Refused) as same:
        keeping.agree_hold(asked, programme.desk("ines"))
    with pytest.raises(Refused) as no_lead:
        keeping.agree_hold(asked, programme.desk("idris"))

    assert (same.value.code, no_lead.value.code) == ("keeping.same-person", "keeping.no-lead")
    assert Hold.objects.get().agreed_on is None


def test_a_hold_that_waits_for_the_second_person_protects_for_a_week(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    later(programme, time, timedelta(days=400))
    keeping.ask_hold(made.id, programme.desk("ines"), reason=LAW, review_on=time.now.date() + timedelta(days=30))

    assert erasing.erase_due() == 0
    time.move(timedelta(days=7))
    assert erasing.erase_due() == 1


def test_nobody_agrees_to_a_hold_that_lapsed_a_week_after_it_was_asked(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    asked = keeping.ask_hold(
        made.id, programme.desk("ines"), reason=LAW, review_on=time.now.date() + timedelta(days=30)
    )
    time.move(timedelta(days=7))

    with pytest.raises(Refused, match="Ask for it anew"):
        keeping.agree_hold(asked, programme.desk("leyla"))


def test_asking_agreeing_and_lifting_stand_in_the_record(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    hold(programme, made, time.now.date() + timedelta(days=9))
    keeping.ask_lift(Hold.objects.get().id, programme.desk("leyla"), reason="Done.")
    keeping.agree_lift(Hold.objects.get().id, programme.desk("ines"))

    said = [each.action for each in audit.entries_for(made.id) if each.action.startswith("hold.")]
    assert said == ["hold.asked", "hold.agreed", "hold.lift-asked", "hold.lifted"]


@pytest.mark.parametrize(("words", "letters"), [("We must keep your case.", 1), ("", 0)])
def test_the_reporter_is_told_of_a_hold_unless_that_is_forbidden(
    programme: Programme, time: Clock, words: str, letters: int
) -> None:
    made = make_case(programme, stage=Stage.ACTING)
    before = Message.objects.count()

    hold(programme, made, time.now.date() + timedelta(days=9), words=words)

    assert Message.objects.count() - before == letters


def test_words_about_a_hold_on_a_closed_case_are_dated_to_the_day(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    before = {each.id for each in Message.objects.all()}

    hold(programme, made, time.now.date() + timedelta(days=9), words="We must keep your case.")

    (letter,) = Message.objects.exclude(id__in=before)
    assert letter.at == time.now.replace(hour=0, minute=0)


def test_words_about_a_hold_stand_under_the_name_of_whoever_wrote_them(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.ACTING)

    hold(programme, made, time.now.date() + timedelta(days=9), words="We must keep your case.")

    letter = queries.conversation_for(made.report_id, made.ring).messages[-1]
    assert (letter.text, letter.sender_name) == ("We must keep your case.", programme.desk("ines").display_name)


def test_a_letter_of_a_held_case_cannot_be_deleted_and_nothing_says_why(programme: Programme, time: Clock) -> None:
    made = make_case(programme, stage=Stage.DECIDED)
    hold(programme, made, time.now.date() + timedelta(days=9))

    with pytest.raises(Refused) as refused:
        conversation.forget(Message.objects.get().id, ring=made.ring, by=made.reporter)

    assert refused.value.sentence == "This cannot be deleted now. It stays sealed."


def test_two_people_erase_a_closed_case_before_its_time_and_hear_when_it_is_complete(
    programme: Programme, time: Clock
) -> None:
    made = closed(programme)
    wish = keeping.ask_erasure(made.id, programme.desk("ines"), reason="She asks for it, by law.")

    with pytest.raises(Refused):
        keeping.agree_erasure(wish, programme.desk("ines"))
    complete = keeping.agree_erasure(wish, programme.desk("leyla"))

    assert complete == time.now.date() + timedelta(days=30)
    assert not vault_queries.openable(programme.desk("leyla").ring).exists()


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.DECIDED])
def test_what_is_not_closed_is_not_erased_before_its_time(programme: Programme, time: Clock, stage: Stage) -> None:
    made = make_case(programme, stage=stage)

    with pytest.raises(Refused) as refused:
        keeping.ask_erasure(made.id, programme.desk("leyla"), reason="By law.")

    assert refused.value.code == "erasing.open"


def test_what_is_held_or_still_needed_is_not_erased_before_its_time(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    wish = keeping.ask_erasure(made.id, programme.desk("ines"), reason="By law.")
    nothing = needed.Room(lambda about: {*about}, lambda _about: set(), lambda _about: None)

    needed.register("test", nothing)
    try:
        with pytest.raises(Refused) as refused:
            keeping.agree_erasure(wish, programme.desk("leyla"))
    finally:
        needed._rooms.pop("test")
    hold(programme, made, time.now.date() + timedelta(days=9))

    assert refused.value.code == "erasing.needed"
    with pytest.raises(Refused):
        keeping.agree_erasure(wish, programme.desk("leyla"))


def test_whoever_cannot_open_a_case_can_neither_hold_nor_erase_it(programme: Programme, time: Clock) -> None:
    made = closed(programme)

    for verb in (
        lambda desk: keeping.ask_hold(made.id, desk, reason=LAW, review_on=time.now.date() + timedelta(days=9)),
        lambda desk: keeping.ask_erasure(made.id, desk, reason=LAW),
        lambda desk: keeping_for(made.id, desk),
    ):
        with pytest.raises(NotAllowed):
            verb(programme.desk("idris"))


def test_one_person_alone_never_holds_a_case_from_week_to_week(programme: Programme, time: Clock) -> None:
    made = closed(programme)
    review_on = time.now.date() + timedelta(days=60)
    keeping.ask_hold(made.id, programme.desk("ines"), reason=LAW, review_on=review_on)
    later(programme, time, timedelta(days=7))
    with pytest.raises(Refused, match="Somebody else can ask"):
        keeping.ask_hold(made.id, programme.desk("ines"), reason=LAW, review_on=review_on)

    assert not is_held([made.id])
    keeping.ask_hold(made.id, programme.desk("leyla"), reason=LAW, review_on=review_on)
    assert is_held([made.id])
