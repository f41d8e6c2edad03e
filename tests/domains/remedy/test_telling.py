"""Written as whoever slips, or means to: what the person acted on must never read, in every spelling."""

from dataclasses import replace
from uuid import uuid4

import pytest

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import conversation
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Said
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import Refused
from safeconduct.vault import Keyring
from tests.domains.cases.making import DECISION, make_case, partner_origin
from tests.domains.remedy.making import SAID, UPHELD, appeal, appeal_with, make_decided, statement
from tests.programme import Programme

NONCE = bytes(range(32))


def give(programme: Programme, said: Said, **answers: object) -> str:
    made = make_decided(programme, decision=DECISION, **answers)
    return services.give_statement(made.id, said, programme.desk("ines"), nonce=NONCE, language="en").text


@pytest.mark.parametrize(
    "facts",
    [
        "A re\u00adport came.",  # a hyphen that nobody sees
        "It was re-ported.",
        "It was r\u0435ported.",  # a Cyrillic letter
        "It was \uff52eported.",  # a wide one
        "A r\u00e9port came.",
        "\u0648\u0635\u0644\u0646\u0627 \u0628\u0640\u0644\u0627\u063a.",  # stretched
        "The post shows where am\u0131na lives.",
        "The post shows where a.mina lives.",
    ],
)
def test_letters_that_look_alike_are_no_way_around(programme: Programme, facts: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(programme, replace(SAID, facts=facts))

    assert refusal.value.code in {"statement.tells-of-a-report", "statement.names-somebody"}


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        ("Farah Yusuf", "The post threatens Farah Yusuf."),
        ("Farah", "The post threatens Farah."),
        ("farah yusuf", "The post names a YUSUF."),
        ("My sister Farah and all of us who live in the house with her", "The post names Farah."),
        ("فرح يوسف، أمي", "The post names فرح."),
    ],
)
def test_nobody_said_to_be_in_danger_is_named_in_it(programme: Programme, who: str, facts: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(programme, replace(SAID, facts=facts), who_in_danger=who)

    assert refusal.value.code == "statement.names-somebody"


@pytest.mark.parametrize("who", ["My family and the house we live in", "me, my brother", "أمي وأخي في بيتي"])
def test_common_words_about_whoever_is_in_danger_may_stand_in_it(programme: Programme, who: str) -> None:
    assert SAID.facts in give(programme, SAID, who_in_danger=who)


def test_what_a_reporter_wrote_later_is_not_quoted_either(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.ACTING)
    later = "He also sent a picture of my school gate on Tuesday, my cousin saw it."
    conversation.say(made.report_id, later, ring=made.ring, by=made.reporter, key=uuid4())
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    said = replace(SAID, facts="The post is a picture of my school gate.")
    with pytest.raises(Refused) as refusal:
        services.give_statement(made.id, said, programme.desk("ines"), nonce=NONCE, language="en")

    assert refusal.value.code == "statement.quotes-the-report"


def test_what_a_partner_wrote_later_is_not_quoted_either(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.ACTING, origin=partner_origin(programme))
    tomas = programme.desk("tomas")
    later = "Our colleague saw his grey van outside the office twice."
    conversation.say(made.report_id, later, ring=tomas.ring, by=tomas.actor, key=uuid4())
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    said = replace(SAID, facts="The post shows a grey van outside the office.")
    with pytest.raises(Refused) as refusal:
        services.give_statement(made.id, said, programme.desk("ines"), nonce=NONCE, language="en")

    assert refusal.value.code == "statement.quotes-the-report"


def test_the_person_acted_on_never_learns_what_a_reviewer_is_called(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    receipt = appeal_with(statement(programme, made))
    assert receipt.code is not None
    key = receipt.code.reporter
    ring = Keyring(Actor(ActorKind.REPORTER, receipt.appeal_id), {key.recipient_id: key.key})
    idris = programme.desk("idris")
    services.take_appeal(receipt.appeal_id, idris)
    services.write_as_reviewer(receipt.appeal_id, "We look at it.", idris, key=uuid4())
    services.decide_appeal(receipt.appeal_id, UPHELD, idris)

    theirs, ours = queries.appeal_for(receipt.appeal_id, ring), queries.review_for(receipt.appeal_id, idris)

    assert theirs.outcome is not None
    assert ours.outcome is not None
    assert {theirs.reviewer_name, theirs.letters[0].by_name, theirs.outcome.by_name} == {"A reviewer"}
    assert {ours.reviewer_name, ours.letters[0].by_name, ours.outcome.by_name} == {"Idris"}
    assert not theirs.letters[0].mine
    assert "Idris" not in repr(theirs)


def test_a_reporter_reads_who_looks_at_their_appeal(programme: Programme) -> None:
    made = make_decided(programme)
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk("idris"))

    assert queries.appeal_for(receipt.appeal_id, made.ring).reviewer_name == "Idris"
