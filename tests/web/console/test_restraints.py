"""Acting against what attacks, from the case page: the cost first, then the order, its record, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from safeconduct.audit import queries as audit
from safeconduct.connectors.port import ActKind, Capability, Fact
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.safety import services as safety
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_HANDLE, THE_STRANGER, FakePlatform
from tests.programme import Programme
from tests.web.console.conftest import AMINAS, at

pytestmark = pytest.mark.usefixtures("platform")

STRANGERS = AccountNamed("juniper-square", THE_STRANGER, mine=False)
WHY = "It names her street. Rule 7, private details."


@pytest.fixture
def attacked(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE, accounts=(AMINAS, STRANGERS))


def asked(client: Client, made: MadeCase, **changes: Any) -> dict[str, Any]:
    form = client.get(at("restrain", made.id)).context["form"]
    said: dict[str, Any] = {
        "act": "account.suspend",
        "account": form.fields["account"].choices[0][0],
        "platform": "juniper-square",
        "handle": "",
        "item": "",
        "days": "7",
        "reason": WHY,
        "key": str(form["key"].value()),
    }
    return said | changes


def cost(client: Client, made: MadeCase, **changes: Any) -> Any:
    return client.post(at("restrain", made.id), asked(client, made, **changes) | {"go": "cost"})


def order(client: Client, made: MadeCase, **changes: Any) -> Any:
    page = cost(client, made, **changes)
    said = {name: value for name, value in page.context["form"].data.items() if name != "csrfmiddlewaretoken"}
    shown = page.context["cost"]
    until = shown.restraint.until
    more = {"go": "order", "cost_shown": shown.shown, "until": until.isoformat(timespec="minutes") if until else ""}
    return client.post(at("restrain", made.id), said | more)


def test_first_comes_what_it_costs_and_nothing_is_done(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    page = cost(ines, attacked).content.decode()

    assert "What it does, and what it costs" in page
    assert "One token may live for two hours." in page
    assert WHY in page
    assert platform.performed == []


def test_a_suspension_is_carried_out_with_its_end_and_read_back(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    watch = order(ines, attacked)["Location"]
    safety.carry_out()

    page = ines.get(watch).content.decode()
    assert "Every step is done, and checked." in page
    assert "Ends by itself" in page
    assert "Staff of this case only" in page
    assert platform.facts[Fact.SUSPENDED]
    assert platform.performed[0].until is not None


def test_a_message_is_named_in_the_order_and_in_no_address(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    answer = order(ines, attacked, act="content.disable", item="p-48812", days="")
    safety.carry_out()

    assert "p-48812" not in answer["Location"] + answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert [(one.act, one.item) for one in platform.performed] == [(ActKind.CONTENT_DISABLE, "p-48812")]


def test_what_cannot_be_brought_back_is_said_before(ines: Client, attacked: MadeCase, platform: FakePlatform) -> None:
    platform.reversible = False

    page = cost(ines, attacked, act="content.remove", item="p-48812", days="").content.decode()

    assert "If an appeal finds that it was wrong, it cannot be put back." in page


def test_what_is_missing_is_said_and_nothing_typed_is_lost(ines: Client, attacked: MadeCase) -> None:
    endless = cost(ines, attacked, days="").content.decode()
    unnamed = cost(ines, attacked, act="content.disable", days="").content.decode()
    nobody = cost(ines, attacked, account="another").content.decode()

    assert "Say when the suspension ends" in endless
    assert "Give the link or the id of what is meant" in unnamed
    assert "Write the name of the account." in nobody
    assert all(WHY in page for page in (endless, unnamed, nobody))


def test_an_account_to_protect_is_neither_offered_nor_taken(ines: Client, attacked: MadeCase) -> None:
    offered = ines.get(at("restrain", attacked.id)).content.decode()
    typed = cost(ines, attacked, account="another", handle=f"@{THE_HANDLE}").content.decode()

    assert THE_HANDLE not in offered
    assert "a report asks us to protect" in typed


def test_one_goes_back_and_chooses_something_else(ines: Client, attacked: MadeCase) -> None:
    said = asked(ines, attacked) | {"go": "change"}

    page = ines.post(at("restrain", attacked.id), said).content.decode()

    assert "Show what it costs" in page
    assert WHY in page


def test_a_form_sent_twice_is_one_order(ines: Client, attacked: MadeCase, opened: Callable[..., CaseView]) -> None:
    key = str(new_id())

    assert order(ines, attacked, key=key)["Location"] == order(ines, attacked, key=key)["Location"]
    assert len(opened(attacked).acts) == 1


def test_it_is_taken_back_with_a_reason_and_without_a_proof(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    done = order(ines, attacked)["Location"].rsplit("/", 1)[1]
    safety.carry_out()
    asks = ines.get(at("undo", attacked.id, done)).content.decode()

    ines.post(at("undo", attacked.id, done), {"key": str(new_id()), "reason": "It was a quotation."})
    safety.carry_out()

    assert "How do you know that they want it back?" not in asks
    assert not platform.facts[Fact.SUSPENDED]


def test_the_wrong_person_sees_and_orders_nothing(ines: Client, idris: Client, attacked: MadeCase) -> None:
    said = asked(ines, attacked) | {"go": "cost"}

    assert idris.get(at("restrain", attacked.id)).status_code == 404
    assert idris.post(at("restrain", attacked.id), said).status_code == 404


def test_what_the_one_to_protect_wrote_is_refused_under_another_name_and_whose_it_is_is_shown(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    platform.authors["p-1003"] = THE_HANDLE

    page = cost(ines, attacked, act="content.disable", item="p-1003", days="").content.decode()

    assert "belongs to an account that a report asks us to protect" in page
    assert THE_HANDLE in page
    assert "Do this now" not in page
    assert "We know the blue door." not in page


def test_whose_a_message_is_stands_on_the_cost_page_and_its_words_behind_a_veil(
    ines: Client, attacked: MadeCase
) -> None:
    said = asked(ines, attacked, act="content.disable", item="p-48812", days="")
    veiled = ines.post(at("restrain", attacked.id), said | {"go": "cost"}).content.decode()
    before = lifted(attacked)
    shown = ines.post(at("restrain", attacked.id), said | {"go": "words"}).content.decode()

    assert all("Whose it is" in page and THE_STRANGER in page for page in (veiled, shown))
    assert ("We know the blue door." in veiled, "We know the blue door." in shown) == (False, True)
    assert lifted(attacked) == before + 1


def lifted(made: MadeCase) -> int:
    return sum(one.action == Deed.VEIL_LIFTED for one in audit.entries_for(made.id))


def test_an_act_on_an_account_with_a_message_named_is_refused(ines: Client, attacked: MadeCase) -> None:
    page = cost(ines, attacked, act="sessions.revoke", item="p-48812", days="").content.decode()

    assert "This is done to the whole account." in page


def test_what_a_platform_cannot_do_is_said_before_anything_is_typed(
    ines: Client, attacked: MadeCase, platform: FakePlatform
) -> None:
    platform.offered = frozenset({Capability.CONTENT_DISABLE, Capability.CONTENT_RESTORE})

    choices = ines.get(at("restrain", attacked.id)).context["form"].fields["act"].choices

    assert choices[0][0] == "content.disable"
    assert ["Cannot be done on: Juniper Square." in words for _act, words in choices] == [False] + [True] * 5
