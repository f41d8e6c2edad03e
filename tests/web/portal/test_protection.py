"""Securing one's own account: the cost first, a proof before anything is done, and the truth afterwards."""

import re

import pytest

from safeconduct.connectors.port import AccountRef, Capability
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.services import protection, work
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.programme import Programme
from tests.web.portal.walks import open_case
from tests.web.visitor import Visitor

ACCOUNT = AccountRef("juniper-square", THE_HANDLE)


def at_the_cost(visitor: Visitor, **chosen: str) -> Visitor:
    open_case(visitor)
    return visitor.press("protect").press("cost", **chosen)


def code_sent_to(platform: FakePlatform) -> str:
    found = re.search(r"\d{4} \d{4}", platform.notices[-1])
    assert found is not None
    return found[0]


def secured_by_ines(programme: Programme) -> None:
    desk = programme.desk("ines")
    case_id = queries.queue_for(desk, view="all")[0].case_id
    work.take_case(case_id, desk)
    shown = protection.cost(case_id, ACCOUNT, Bundle.SECURE_NOW, desk).shown
    protection.order(
        case_id,
        account=ACCOUNT,
        bundle=Bundle.SECURE_NOW,
        proofs=[Proof.RESPONDER_CHECK],
        who_else_sees=WhoElse.NOBODY,
        reason="Her lawyer confirmed it.",
        cost_shown=shown,
        desk=desk,
    )
    safety.carry_out()


def test_the_cost_is_shown_before_anything_can_be_ordered(visitor: Visitor, platform: FakePlatform) -> None:
    at_the_cost(visitor)

    assert "What locking costs" in visitor.page
    assert "Sign out every device" in visitor.page
    assert platform.performed == []


def test_before_a_proof_the_page_says_the_same_of_every_account_and_asks_nobody(
    visitor: Visitor, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        pytest.fail("The platform was asked about an account that nobody has shown to be theirs.")

    monkeypatch.setattr(FakePlatform, "cost", asked)
    monkeypatch.setattr(FakePlatform, "account", asked)
    open_case(visitor)

    visitor.press("protect").press("cost")

    assert "Every device is signed out." in visitor.page
    assert "3 sessions end." not in visitor.page


def test_once_a_proof_stands_the_page_says_what_it_costs_on_this_account(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    open_case(visitor)
    secured_by_ines(programme)

    visitor.open().press("protect").press("cost")

    assert "3 sessions end." in visitor.page


@pytest.mark.parametrize("number", ["9" * 5000, "1", "-1", "٠", ""])
def test_an_account_that_is_not_on_the_form_is_refused(visitor: Visitor, platform: FakePlatform, number: str) -> None:
    open_case(visitor)

    visitor.press("protect").press("cost", account=number)

    assert visitor.answer.status_code in {403, 404}


def test_without_a_proof_nothing_is_done_and_a_person_can_be_asked(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    at_the_cost(visitor)
    assert "It cannot be done at once yet" in visitor.page

    visitor.press("ask-a-person")

    assert platform.performed == []
    desk = programme.desk("ines")
    case = queries.case_for(queries.queue_for(desk, view="all")[0].case_id, desk)
    assert THE_HANDLE in case.reports[0].messages[-1].text


def lock_asked_for(visitor: Visitor, others: str = "someone") -> None:
    visitor.open().press("lock").press("send", mine=THE_HANDLE, who_else_sees=others, danger="no").press("enter")


def test_a_lock_where_somebody_else_may_be_inside_is_serious_and_the_queue_says_that_it_is_asked_for(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    lock_asked_for(visitor)

    row = queries.queue_for(programme.desk("ines"))[0]
    assert (row.severity, row.asks_lock) == (Severity.P1, True)
    assert THE_HANDLE not in row.summary


def test_whoever_asked_a_person_to_lock_reads_that_it_came_and_by_when_somebody_answers(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    lock_asked_for(visitor)
    visitor.press("ask-a-person")

    assert "We have your request for the account. A person answers before" in visitor.page


def test_asking_to_lock_later_makes_a_case_serious_once_somebody_else_may_be_inside(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    lock_asked_for(visitor, others="nobody")
    before = queries.queue_for(programme.desk("ines"))[0].severity

    visitor.open().press("protect").press("cost", who_else_sees="someone").press("ask-a-person")

    assert (before, queries.queue_for(programme.desk("ines"))[0].severity) == (Severity.P2, Severity.P1)


def test_a_code_that_reached_the_account_locks_it(visitor: Visitor, platform: FakePlatform) -> None:
    at_the_cost(visitor).press("code-to-account")
    visitor.press("check-code", typed="0000 0000")
    assert "That is not the code" in visitor.page

    visitor.press("check-code", typed=code_sent_to(platform))
    safety.carry_out()

    assert "Lock the account: Done, and checked" in visitor.open().page
    assert "Waiting for a person" in visitor.page
    assert "ends by itself" in visitor.page


def test_nothing_is_sent_where_someone_else_may_read_it(visitor: Visitor, platform: FakePlatform) -> None:
    at_the_cost(visitor, who_else_sees="someone")

    assert "code-to-account" not in {button for form in visitor.forms for button in form.buttons}
    assert platform.notices == []


def test_where_a_platform_cannot_end_a_lock_only_a_person_is_offered(visitor: Visitor, platform: FakePlatform) -> None:
    platform.offered -= {Capability.ACCOUNT_LOCK_UNTIL}

    at_the_cost(visitor)

    assert "code-to-account" not in {button for form in visitor.forms for button in form.buttons}
    assert "ask-a-person" in visitor.page
    assert "72 hours" not in visitor.page


def test_hiding_is_never_offered_by_code(visitor: Visitor, platform: FakePlatform) -> None:
    at_the_cost(visitor, bundle="hide")

    assert "What hiding costs" in visitor.page
    assert "code-to-account" not in {button for form in visitor.forms for button in form.buttons}


def test_what_was_done_is_shown_with_what_is_still_open_and_can_be_undone(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    open_case(visitor)
    secured_by_ines(programme)

    visitor.open()
    assert "Lock the account: Done, and checked" in visitor.page
    assert "Still open:" in visitor.page
    visitor.press("undo")
    safety.carry_out()

    assert "<b>Done, and checked</b>" in visitor.open().page
    assert "<b>Unlock the account</b>" in visitor.page
    assert [order.act.value for order in platform.performed][-1] == "account.unlock"


def test_a_silent_platform_is_told_as_it_is(visitor: Visitor, platform: FakePlatform) -> None:
    open_case(visitor)
    platform.silent = True

    visitor.press("protect").press("cost")

    assert "This cannot be done now. Nothing was changed." in visitor.page


def test_an_account_that_the_report_does_not_name_cannot_be_touched(visitor: Visitor, platform: FakePlatform) -> None:
    at_the_cost(visitor).press("ask-a-person", account="7")

    assert visitor.answer.status_code == 404
    assert platform.performed == []


def test_the_short_way_to_a_lock_asks_nothing_twice(visitor: Visitor, platform: FakePlatform) -> None:
    visitor.open().press("lock").press("send", mine=THE_HANDLE, who_else_sees="nobody", wants=["hide"])

    visitor.press("enter")

    assert "What hiding costs" in visitor.page
    assert visitor.form_with("ask-a-person").fields["account"] == ["0"]
    assert visitor.form_with("ask-a-person").fields["who_else_sees"] == ["nobody"]
    assert platform.performed == []


def test_what_the_report_said_of_the_account_is_shown_and_not_asked_again(visitor: Visitor) -> None:
    open_case(visitor)

    visitor.press("protect")

    assert "Which account?" not in visitor.page
    assert "you told us “Nobody but me”" in visitor.page
    assert visitor.form_with("cost").fields["account"] == ["0"]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ("nobody", "You said that nobody else can see it."),
        ("someone", "You said that someone else can see it. So we send nothing to it"),
        ("unknown", "Nobody knows who else can see it. So we send nothing to it"),
    ],
)
def test_before_a_proof_nothing_is_offered_at_once_and_it_is_said_what_will_happen(
    visitor: Visitor, platform: FakePlatform, others: str, said: str
) -> None:
    at_the_cost(visitor, who_else_sees=others)

    assert said in visitor.page
    assert 'value="order"' not in visitor.page
    assert "It cannot be done at once yet" in visitor.page
    assert ('value="code-to-account"' in visitor.page) is (others == "nobody")
    assert ("Put a notice into the account" in visitor.page) is (others == "nobody")
    assert platform.performed == []


def test_once_a_person_has_checked_it_is_offered_at_once(
    visitor: Visitor, platform: FakePlatform, programme: Programme
) -> None:
    open_case(visitor)
    secured_by_ines(programme)

    visitor.open().press("protect").press("cost", bundle="hide")

    assert 'value="order"' in visitor.page
    assert platform.facts
