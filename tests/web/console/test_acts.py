"""Securing and hiding: nothing before its cost was shown, nothing claimed that was not read back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at

SECURE, HIDE = "secure-now", "hide"


def mark_on(client: Client, made: MadeCase) -> str:
    found = re.search(r'name="account" value="([0-9a-f]{32})"', client.get(at("case", made.id)).content.decode())
    assert found is not None
    return found[1]


def cost_page(client: Client, made: MadeCase, bundle: str = SECURE) -> Any:
    return client.post(at("order", made.id, bundle), {"account": mark_on(client, made)})


def order(client: Client, made: MadeCase, bundle: str = SECURE, **changes: Any) -> Any:
    page = cost_page(client, made, bundle)
    asked = page.context["form"]
    said: dict[str, Any] = {
        "account": asked["account"].value(),
        "cost_shown": page.context["cost"].shown,
        "key": str(asked["key"].value()),
        "who_else_sees": "unknown",
        "proofs": ["responder-check"],
        "reason": "She read me the last three sign-ins by telephone.",
    }
    return client.post(at("order", made.id, bundle), said | changes)


pytestmark = pytest.mark.usefixtures("platform")


def test_first_comes_what_it_costs_and_nothing_is_done(ines: Client, taken: MadeCase, platform: FakePlatform) -> None:
    page = cost_page(ines, taken).content.decode()

    assert "What it does, and what it costs" in page
    assert "3 sessions end." in page
    assert "The phone shows the sign-in page." in page
    assert "Who else can see this account or phone now?" in page
    assert platform.performed == []


def test_the_account_stands_in_no_address(ines: Client, taken: MadeCase) -> None:
    answer = order(ines, taken)

    assert THE_HANDLE not in answer["Location"]
    assert THE_HANDLE not in answer.request["PATH_INFO"]


def test_an_order_is_carried_out_read_back_and_recorded(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    watch = order(ines, taken)["Location"]
    before = ines.get(watch).content.decode()
    safety.carry_out()
    after = ines.get(watch).content.decode()

    assert "Under way." in before
    assert "Every step is done, and checked." in after
    assert {step.status for step in opened(taken).acts[0].steps} == {StepStatus.DONE_AND_CHECKED}
    assert "Still open" in after


def test_a_form_sent_twice_is_one_order(ines: Client, taken: MadeCase, opened: Callable[..., CaseView]) -> None:
    key = str(new_id())

    first, second = order(ines, taken, key=key), order(ines, taken, key=key)

    assert first["Location"] == second["Location"]
    assert len(opened(taken).acts) == 1


def test_without_saying_who_else_sees_nothing_is_ordered_and_nothing_typed_is_lost(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    page = order(ines, taken, who_else_sees="").content.decode()

    assert "Say who else can see it." in page
    assert "She read me the last three sign-ins by telephone." in page
    assert opened(taken).acts == ()


def test_without_a_proof_the_rules_say_so_on_the_page(ines: Client, taken: MadeCase) -> None:
    page = order(ines, taken, HIDE, proofs=[]).content.decode()

    assert "Nobody has shown yet that this account is theirs." in page
    assert "She read me the last three sign-ins by telephone." in page


def test_nobody_orders_what_they_were_not_shown(ines: Client, taken: MadeCase, opened: Callable[..., CaseView]) -> None:
    order(ines, taken, cost_shown="made up")

    assert opened(taken).acts == ()


def test_where_someone_else_may_see_nothing_is_sent_to_the_account(
    ines: Client, taken: MadeCase, platform: FakePlatform
) -> None:
    order(ines, taken, who_else_sees="someone")
    safety.carry_out()

    assert platform.notices == []


def test_a_silent_platform_is_shown_as_not_done(ines: Client, taken: MadeCase, platform: FakePlatform) -> None:
    watch = order(ines, taken)["Location"]
    platform.silent = True
    safety.carry_out()

    page = ines.get(watch).content.decode()

    assert "Done, and checked" not in page


def test_a_platform_that_lies_is_not_believed(ines: Client, taken: MadeCase, platform: FakePlatform) -> None:
    watch = order(ines, taken)["Location"]
    platform.lying = True
    safety.carry_out()

    assert "Every step is done, and checked." not in ines.get(watch).content.decode()


def test_what_was_done_is_taken_back_with_a_proof(ines: Client, taken: MadeCase, platform: FakePlatform) -> None:
    done = order(ines, taken)["Location"].rsplit("/", 1)[1]
    safety.carry_out()
    key = ines.get(at("undo", taken.id, done)).context["form"]["key"].value()
    said = {"key": str(key), "proofs": ["responder-check"], "reason": "She asked for it by telephone."}

    answer = ines.post(at("undo", taken.id, done), said)
    safety.carry_out()

    page = ines.get(answer["Location"]).content.decode()
    assert "Taking it back" in page
    assert platform.account(THE_HANDLE).locked is False


def test_taking_back_without_a_reason_is_refused(ines: Client, taken: MadeCase) -> None:
    done = order(ines, taken)["Location"].rsplit("/", 1)[1]
    safety.carry_out()

    page = ines.post(at("undo", taken.id, done), {"key": str(new_id()), "reason": ""}).content.decode()

    assert "Write why you take it back and how you checked." in page


def test_the_account_is_read_again_when_someone_asks(ines: Client, taken: MadeCase) -> None:
    done = order(ines, taken)["Location"].rsplit("/", 1)[1]
    safety.carry_out()

    assert ines.post(at("look-again", taken.id, done))["Location"] == at("watch", taken.id, done)


def test_an_account_no_report_asks_to_protect_cannot_be_acted_on(
    ines: Client, programme: Programme, taken: MadeCase
) -> None:
    other = make_case(programme, accounts=(AMINAS,))

    foreign = ines.post(at("order", taken.id, SECURE), {"account": mark_of_other(ines, other)})
    made_up = ines.post(at("order", taken.id, SECURE), {"account": "0" * 32})

    assert (foreign.status_code, made_up.status_code) == (404, 404)


def mark_of_other(client: Client, other: MadeCase) -> str:
    client.post(at("take", other.id))
    return mark_on(client, other)


def test_the_wrong_person_orders_sees_and_undoes_nothing(ines: Client, idris: Client, taken: MadeCase) -> None:
    mark = mark_on(ines, taken)
    done = order(ines, taken)["Location"].rsplit("/", 1)[1]

    answers = [
        idris.post(at("order", taken.id, SECURE), {"account": mark}),
        idris.get(at("watch", taken.id, done)),
        idris.get(at("undo", taken.id, done)),
        idris.post(at("undo", taken.id, done), {"key": str(new_id()), "reason": "Mine."}),
        idris.post(at("look-again", taken.id, done)),
        idris.post(at("confirm", taken.id, done), {"key": str(new_id()), "reason": "Mine."}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6


def test_an_order_of_another_case_is_not_watched_through_ones_own(
    ines: Client, programme: Programme, taken: MadeCase
) -> None:
    other = make_case(programme, accounts=(AMINAS,))
    ines.post(at("take", other.id))
    done = order(ines, other)["Location"].rsplit("/", 1)[1]

    assert ines.get(at("watch", taken.id, done)).status_code == 404


def test_a_page_that_asks_for_itself_gets_the_records_alone_and_stops(ines: Client, taken: MadeCase) -> None:
    watch = order(ines, taken)["Location"]

    first = ines.get(watch).content.decode()
    again = ines.get(watch, {"look": "1"}).content.decode()
    last = ines.get(watch, {"look": "40"}).content.decode()

    assert "look=1" in first
    assert "<html" not in again
    assert "hx-get" in again
    assert "hx-get" not in last


def test_what_stands_is_said_and_offered_only_once_more(ines: Client, taken: MadeCase) -> None:
    before = ines.get(at("case", taken.id)).content.decode()
    order(ines, taken)
    ordered = ines.get(at("case", taken.id)).content.decode()
    safety.carry_out()
    after = ines.get(at("case", taken.id)).content.decode()

    assert "Secure this account" in before
    assert "Being secured since" in ordered
    assert "Secure this account" not in ordered
    assert "Secured since" in after
    assert "Secure this account" not in after
    assert "Secure it once more" in after
    assert "Hide this account" in after


def test_what_was_taken_back_is_offered_again(ines: Client, taken: MadeCase) -> None:
    watched = order(ines, taken)["Location"]
    safety.carry_out()
    said = {"key": str(new_id()), "proofs": ["responder-check"], "reason": "She asked for it back by telephone."}

    ines.post(f"{watched}/undo", said)
    safety.carry_out()

    page = ines.get(at("case", taken.id)).content.decode()
    assert "Secure this account" in page
    assert "Secured since" not in page
