"""Promises about child-abuse material: seen by fewer, kept untouched, handed on by a lead to whom the law names."""

import pytest
from django.conf import LazySettings

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import by_law, conversation, work
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.cases.test_conversation import picture, say
from tests.domains.cases.test_exclusions import opens
from tests.programme import Programme

BODY = "Child Protection Desk, +000 0000"


@pytest.fixture
def made(programme: Programme, settings: LazySettings) -> MadeCase:
    settings.CHILD_PROTECTION = BODY
    return make_case(programme)


def test_whoever_comes_upon_it_marks_it_and_then_only_leads_can_open_the_case(
    programme: Programme, made: MadeCase
) -> None:
    by_law.restrict(made.id, programme.desk("ines"), reason="One picture.")

    assert {name for name in ("ines", "idris", "leyla") if opens(programme, name, made.id)} == {"leyla"}


def test_a_lead_hands_out_the_original_unchanged_and_each_time_is_recorded(
    programme: Programme, made: MadeCase
) -> None:
    sent, leyla = picture(), programme.desk("leyla")
    say(made, "", sent)
    by_law.restrict(made.id, leyla, reason="One picture.")

    piece = by_law.hand_out(made.id, sent.id, leyla)

    assert len(b"".join(piece)) == sent.size_bytes
    assert audit.entries_for(made.id)[-1].action == "case.handed-out-by-law"
    with pytest.raises(Refused, match="Nothing of this case is shown"):
        queries.piece_for(made.id, sent.id, leyla)


def test_a_responder_hands_out_nothing(programme: Programme, made: MadeCase) -> None:
    sent, ines = picture(), programme.desk("ines")
    say(made, "", sent)
    work.take_case(made.id, ines)
    by_law.restrict(made.id, ines, reason="One picture.")

    with pytest.raises(NotAllowed):
        by_law.hand_out(made.id, sent.id, ines)


def test_where_the_operator_names_nobody_nothing_is_handed_on(
    programme: Programme, made: MadeCase, settings: LazySettings
) -> None:
    settings.CHILD_PROTECTION = ""
    leyla = programme.desk("leyla")
    by_law.restrict(made.id, leyla, reason="One picture.")

    with pytest.raises(Refused, match="names no body"):
        by_law.note_told(made.id, "Ref 12", leyla)


def test_of_an_unrestricted_case_nothing_is_handed_on(programme: Programme, made: MadeCase) -> None:
    with pytest.raises(NotAllowed):
        by_law.note_told(made.id, "Ref 12", programme.desk("leyla"))


def test_who_was_told_stands_in_the_work_file(programme: Programme, made: MadeCase) -> None:
    leyla = programme.desk("leyla")
    by_law.restrict(made.id, leyla, reason="One picture.")

    by_law.note_told(made.id, "Ref 12", leyla)

    assert queries.case_for(made.id, leyla).notes[-1].text == f"{BODY}\nRef 12"


def test_what_came_is_kept_even_from_its_sender(programme: Programme, made: MadeCase) -> None:
    say(made, "", picture())
    by_law.restrict(made.id, programme.desk("leyla"), reason="One picture.")
    message = queries.conversation_for(made.report_id, made.ring).messages[-1]

    with pytest.raises(Refused, match="The law makes us keep"):
        conversation.forget(message.id, ring=made.ring, by=made.reporter)
