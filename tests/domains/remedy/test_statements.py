"""What the person acted on is told, and what never stands in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.remedy import queries, services, wording
from safeconduct.domains.remedy.models import Statement
from safeconduct.domains.remedy.rules import Asks, Automated, Ground, Restriction, Said, check_tells_nothing, last_day
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import CaseCode
from tests.domains.cases.making import DECISION, make_case, partner_origin
from tests.domains.remedy.making import SAID, appeal_with, make_decided, statement
from tests.programme import Programme
from tests.standing import Clock

NONCE = bytes(range(32))


def give(programme: Programme, said: Said, **answers: object) -> str:
    made = make_decided(programme, decision=DECISION, **answers)
    return services.give_statement(made.id, said, programme.desk("ines"), nonce=NONCE, language="en").text


def test_it_holds_every_element_that_the_law_asks_for(programme: Programme) -> None:
    text = give(programme, replace(SAID, until="1 March 2027", where="Everywhere."))

    for element in (
        "was removed",  # which restriction
        "your post of 19 November",  # on what
        "Everywhere.",  # where
        "1 March 2027",  # for how long
        "a street and a house number",  # the facts relied on
        "A person looked and a person decided",  # whether automated
        "Rule 4: no private addresses",  # the ground, and why it applies
        "falls under it",
        "You can appeal, free of charge",  # redress
        "out-of-court body",
        "to a court",
    ):
        assert element in text


def test_it_names_the_same_last_day_as_every_page(programme: Programme) -> None:
    given = statement(programme, make_decided(programme, decision=DECISION))

    assert f"until {last_day(given.appeal_until):%-d %B %Y}." in given.text


@pytest.mark.parametrize("what", ["", "your account", "Your account."])
def test_it_does_not_say_twice_that_it_is_their_account(programme: Programme, what: str) -> None:
    text = give(programme, replace(SAID, restriction=Restriction.ACCOUNT_SUSPENDED, what=what))

    assert "Your account was suspended." in text
    assert "It concerns" not in text


@pytest.mark.parametrize("ground", list(Ground))
@pytest.mark.parametrize("automated", list(Automated))
@pytest.mark.parametrize("restriction", list(Restriction))
def test_no_template_of_ours_tells_of_a_report(restriction: Restriction, automated: Automated, ground: Ground) -> None:
    for language in ("en", "ar"):
        said = replace(SAID, restriction=restriction, automated=automated, ground=ground)
        text = wording.statement(said, until=clock.now(), language=language)
        check_tells_nothing(text, protected=["amina"], reported=["They published where I live and wrote."])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ("A user reported this post.", "statement.tells-of-a-report"),
        ("It was brought to our attention.", "statement.tells-of-a-report"),
        ("The post attacks a human rights defender.", "statement.tells-of-a-report"),
        ("وصلنا بلاغ عن هذا المنشور.", "statement.tells-of-a-report"),
        ("The post shows where @amina lives.", "statement.names-somebody"),
        ("The post shows where AMINA lives.", "statement.names-somebody"),
        ("They published where I live on that day.", "statement.quotes-the-report"),
    ],
)
def test_it_shows_neither_the_report_nor_whom_we_protect(programme: Programme, facts: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(programme, replace(SAID, facts=facts))

    assert refusal.value.code == code
    assert not Statement.objects.exists()


@pytest.mark.parametrize("field", ["what", "rule", "where", "until"])
def test_no_field_of_it_is_a_way_around(programme: Programme, field: str) -> None:
    with pytest.raises(Refused):
        give(programme, replace(SAID, **{field: "as Harbour Helpline says"}), origin=partner_origin(programme))


@pytest.mark.parametrize("field", ["what", "facts", "rule"])
def test_what_the_law_asks_for_is_not_left_out(programme: Programme, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(programme, replace(SAID, **{field: " "}))

    assert refusal.value.code == "statement.incomplete"


def test_its_code_opens_the_statement_and_nothing_else(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    given = statement(programme, made)

    view = queries.statement_for(given.code)

    assert (view.text, view.asks) == (given.text, Asks.MAY)
    with pytest.raises(NotAllowed):
        queries.statement_for(made.code)
    with pytest.raises(NotAllowed):
        queries.statement_for(CaseCode.from_nonce(bytes(32)))


def test_a_form_sent_twice_is_one_statement(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    desk = programme.desk("ines")

    codes = {services.give_statement(made.id, SAID, desk, nonce=NONCE, language="en").code.digits for _ in range(2)}

    assert len(codes) == Statement.objects.count() == 1


@pytest.mark.parametrize("changed", ["words", "language", "case"])
def test_a_form_sent_again_with_anything_else_is_refused_and_what_was_kept_stays(
    programme: Programme, changed: str
) -> None:
    made, other = make_decided(programme, decision=DECISION), make_decided(programme, decision=DECISION)
    desk = programme.desk("ines")
    given = services.give_statement(made.id, SAID, desk, nonce=NONCE, language="en")
    said = replace(SAID, facts="The post shows a telephone number.") if changed == "words" else SAID
    case_id, language = other.id if changed == "case" else made.id, "ar" if changed == "language" else "en"

    with pytest.raises(Refused) as refusal:
        services.give_statement(case_id, said, desk, nonce=NONCE, language=language)

    assert refusal.value.code == "statement.another"
    assert queries.statement_for(given.code).text == given.text


def test_a_form_sent_again_another_day_hands_over_the_very_words_that_its_code_opens(
    programme: Programme, time: Clock
) -> None:
    made = make_decided(programme, decision=DECISION)
    desk = programme.desk("ines")
    first = services.give_statement(made.id, SAID, desk, nonce=NONCE, language="en")
    time.move(timedelta(days=2))

    again = services.give_statement(made.id, SAID, desk, nonce=NONCE, language="en")

    assert (again, again.text) == (first, queries.statement_for(first.code).text)


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.TRIAGE, Stage.ACTING])
def test_nobody_is_given_reasons_before_anything_is_decided(programme: Programme, stage: Stage) -> None:
    made = make_case(programme, stage=stage)

    with pytest.raises(Refused) as refusal:
        statement(programme, made)

    assert refusal.value.code == "statement.nothing-decided"
    assert not Statement.objects.exists()


def test_colleagues_read_in_the_work_file_what_was_told(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    given = statement(programme, made)

    notes = cases.case_for(made.id, programme.desk("leyla")).notes

    assert notes[-1].text == given.text
    assert not any(line in notes[-1].text for line in given.code.lines)


def test_nobody_gives_a_statement_on_a_case_they_cannot_open(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)

    with pytest.raises(NotAllowed):
        statement(programme, made, by="idris")


def test_once_appealed_the_statement_says_so(programme: Programme) -> None:
    made = make_decided(programme, decision=DECISION)
    given = statement(programme, made)
    appeal_with(given)

    assert queries.statement_for(given.code).asks is Asks.UNDER_WAY


def test_the_first_use_of_its_code_is_noted_and_recorded_once(programme: Programme) -> None:
    given = statement(programme, make_decided(programme, decision=DECISION))

    for _ in range(2):
        services.open_statement(given.code)

    row = Statement.objects.get()
    assert row.opened_at is not None
    assert [entry.action for entry in audit.entries_for(row.id)] == ["statement.opened"]
