"""Promises to whoever holds a case code."""

from datetime import timedelta
from uuid import UUID

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.domains.cases import door, queries
from safeconduct.domains.cases.models import Message, Report, StoredFile
from safeconduct.domains.cases.rules import Danger, Sender, Severity, Stage, limits
from safeconduct.domains.cases.services import conversation, work
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, SealedFile
from safeconduct.vault.streams import SealedReader, SealedWriter
from tests.domains.cases.making import MadeCase, make_case, partner_origin
from tests.programme import Programme
from tests.standing import Clock


def say(made: MadeCase, text: str, *files: SealedFile, key: UUID | None = None, danger: Danger | None = None) -> UUID:
    key = key or new_id()
    return conversation.say(made.report_id, text, ring=made.ring, by=made.reporter, key=key, files=files, danger=danger)


def picture(words: bytes = b"a photograph") -> SealedFile:
    with SealedWriter(name="gate.jpg", kind="image/jpeg") as writer:
        writer.write(words)
        return writer.finish()


def test_the_code_opens_the_conversation_through_a_cookie(programme: Programme) -> None:
    made = make_case(programme)

    way_in = accounts.session_from(conversation.enter(made.code))

    assert isinstance(way_in, accounts.WayIn)
    assert way_in.holder_id == made.report_id
    assert queries.conversation_for(made.report_id, way_in.ring).answers == made.answers


def test_a_code_opens_no_other_conversation(programme: Programme) -> None:
    made, other = make_case(programme), make_case(programme)

    with pytest.raises(NotAllowed):
        queries.conversation_for(other.report_id, made.ring)
    with pytest.raises(NotAllowed):
        conversation.say(other.report_id, "Hello", ring=made.ring, by=made.reporter, key=new_id())


def test_a_wrong_code_and_a_closed_way_in_are_answered_alike(programme: Programme) -> None:
    made = make_case(programme)
    conversation.close_the_way_in(made.report_id, ring=made.ring, by=made.reporter)

    answers = []
    for code in (made.code, CaseCode.from_nonce(b"w" * 32)):
        with pytest.raises(NotAllowed) as refused:
            conversation.enter(code)
        answers.append((refused.value.code, refused.value.sentence))

    assert answers[0] == answers[1]


def test_a_closed_way_in_opens_nothing_and_staff_go_on(programme: Programme) -> None:
    made = make_case(programme)
    cookie = conversation.enter(made.code)

    conversation.close_the_way_in(made.report_id, ring=made.ring, by=made.reporter)

    assert accounts.session_from(cookie) is None
    with pytest.raises(NotAllowed):
        queries.conversation_for(made.report_id, made.ring)
    assert not queries.case_for(made.id, programme.desk("ines")).reports[0].way_open


def test_letters_go_both_ways_and_one_sent_twice_is_one(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    key = say(made, "They are at the door.")
    say(made, "They are at the door.", key=key)
    work.answer(made.id, made.report_id, "Go to the neighbours.", programme.desk("ines"), key=new_id())

    mine = queries.conversation_for(made.report_id, made.ring).messages
    theirs = queries.case_for(made.id, programme.desk("ines")).reports[0].messages

    assert [(letter.text, letter.mine) for letter in mine] == [
        ("They are at the door.", True),
        ("Go to the neighbours.", False),
    ]
    assert [letter.mine for letter in theirs] == [False, True]


def test_word_of_danger_makes_the_case_imminent_by_itself(programme: Programme, time: Clock) -> None:
    made = make_case(programme)
    said = time.move(timedelta(minutes=3))

    say(made, "They are here.", danger=Danger.NOW)

    seen = queries.conversation_for(made.report_id, made.ring)
    assert seen.severity is Severity.P0
    assert seen.reply_due == said + timedelta(minutes=15)


def test_a_second_letter_never_moves_a_promise(programme: Programme, time: Clock) -> None:
    made = make_case(programme)
    time.move(timedelta(minutes=40))

    say(made, "One more thing.")

    assert queries.conversation_for(made.report_id, made.ring).answer_due == made.receipt.reply_due


def test_a_picture_in_a_letter_opens_for_both_sides(programme: Programme) -> None:
    made = make_case(programme)
    sent = picture()
    say(made, "", sent)

    mine = queries.file_of_conversation(made.report_id, sent.id, made.ring)
    theirs = queries.file_for(made.id, sent.id, programme.desk("ines"))

    assert SealedReader(mine).everything() == SealedReader(theirs).everything() == b"a photograph"


def test_a_picture_belongs_to_one_letter_of_one_conversation(programme: Programme) -> None:
    made, other = make_case(programme), make_case(programme)
    sent = picture()
    say(made, "", sent)

    with pytest.raises(NotAllowed):
        say(other, "", sent)
    with pytest.raises(NotAllowed):
        queries.file_of_conversation(other.report_id, sent.id, other.ring)


def test_a_forgotten_letter_is_gone_for_everybody_with_its_files(programme: Programme) -> None:
    made = make_case(programme)
    sent = picture()
    key = say(made, "My sister's number.", sent)

    conversation.forget(key, ring=made.ring, by=made.reporter)

    letter = queries.case_for(made.id, programme.desk("ines")).reports[0].messages[0]
    assert (letter.forgotten, letter.text, letter.files) == (True, "", ())
    assert not StoredFile.objects.filter(pk=sent.id).exists()
    assert bytes(Message.objects.get(pk=key).sealed) == b""


def test_nobody_forgets_another_s_letter(programme: Programme) -> None:
    made, other = make_case(programme), make_case(programme)
    key = say(made, "Mine.")

    with pytest.raises(NotAllowed):
        conversation.forget(key, ring=other.ring, by=other.reporter)
    with pytest.raises(NotAllowed):
        conversation.forget(key, ring=programme.desk("ines").ring, by=programme.desk("ines").actor)


def test_in_a_flood_files_wait_for_a_person_and_words_do_not(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    door.set_flood(True)

    with pytest.raises(Refused, match="Your words can go now"):
        say(made, "", picture())
    say(made, "Only words.")
    assert not queries.conversation_for(made.report_id, made.ring).files_allowed
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    say(made, "", picture())


def test_pictures_wait_for_a_person_once_very_many_came_and_words_never_do(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WAITING_BYTES", 3000)
    made = make_case(programme, stage=Stage.TRIAGE)
    for _ in range(3):
        say(made, "", picture(b"x" * 1000))

    with pytest.raises(Refused, match="words can go now"):
        say(made, "", picture())
    say(made, "Only words.")
    with pytest.raises(Refused, match="words can go now"):
        say(made, "", picture())
    work.answer(made.id, made.report_id, "I have seen them.", programme.desk("ines"), key=new_id())
    say(made, "", picture(b"x" * 3000))


def test_an_empty_letter_is_not_sent(programme: Programme) -> None:
    with pytest.raises(Refused, match="Write something"):
        say(make_case(programme), "  ")


def test_a_reporter_sees_who_can_read(programme: Programme) -> None:
    made = make_case(programme, origin=partner_origin(programme))
    before = [str(reader) for reader in queries.conversation_for(made.report_id, made.ring).who_can_read]
    work.take_case(made.id, programme.desk("ines"))
    after = [str(reader) for reader in queries.conversation_for(made.report_id, made.ring).who_can_read]

    assert before == ["", "Leads", "Lisbon team", "Nairobi team", "Harbour Helpline"]
    assert after == ["", "Ines", "Leads", "Harbour Helpline"]


def test_a_partner_reads_and_writes_in_its_own_conversations_alone(programme: Programme) -> None:
    tomas = programme.desk("tomas")
    own, other = make_case(programme, origin=partner_origin(programme)), make_case(programme)

    conversation.say(own.report_id, "We speak for her.", ring=tomas.ring, by=tomas.actor, key=new_id())

    letter = queries.conversation_for(own.report_id, own.ring).messages[0]
    assert (letter.sender, letter.sender_name) == (Sender.PARTNER, "Harbour Helpline")
    assert [row.report_id for row in queries.reports_for_partner(tomas.ring)] == [own.report_id]
    with pytest.raises(NotAllowed):
        queries.conversation_for(other.report_id, tomas.ring)
    with pytest.raises(NotAllowed):
        queries.case_for(own.id, tomas)


def test_one_damaged_report_does_not_hide_a_partner_s_others(programme: Programme) -> None:
    damaged, whole = (make_case(programme, origin=partner_origin(programme)) for _ in range(2))
    Report.objects.filter(pk=damaged.report_id).update(sealed=b"damaged")

    rows = {row.report_id: row for row in queries.reports_for_partner(programme.desk("tomas").ring)}

    assert rows[whole.report_id].reference == "HH-7"
    assert (rows[damaged.report_id].number, rows[damaged.report_id].reference) == (damaged.receipt.number, "")


def test_the_partner_s_own_number_is_not_shown_to_the_reporter(programme: Programme) -> None:
    made = make_case(programme, origin=partner_origin(programme, "HH-2206"))

    assert queries.conversation_for(made.report_id, made.ring).reference == ""
    assert queries.conversation_for(made.report_id, programme.desk("tomas").ring).reference == "HH-2206"


def test_how_it_ended_is_asked_at_the_end_and_read_by_staff(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.CLOSED)
    asked = queries.conversation_for(made.report_id, made.ring)

    conversation.give_feedback(made.report_id, "some", "Quieter now.", ring=made.ring, by=made.reporter)

    assert (asked.feedback_asked, asked.feedback_given) == (True, False)
    assert queries.case_for(made.id, programme.desk("ines")).reports[0].feedback == "some: Quieter now."
