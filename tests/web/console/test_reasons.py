"""Reasons for the person acted on: begun from what was done, in no language of the report, and never called sent."""

from datetime import UTC, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import restraining
from safeconduct.domains.remedy import services
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import DECISION, MadeCase, make_case
from tests.domains.remedy.making import make_decided
from tests.domains.safety.platform import THE_STRANGER
from tests.programme import Programme
from tests.web.console.test_appeals import REASONS, to
from tests.web.console.test_decision import decision

SUSPEND = Restraint(ActKind.ACCOUNT_SUSPEND, AccountRef("juniper-square", THE_STRANGER))


@pytest.fixture
def decided(programme: Programme) -> MadeCase:
    return make_decided(programme, decision=DECISION)


@pytest.fixture
def typed(ines: Client, decided: MadeCase) -> dict[str, str]:
    begun = ines.get(to("statement", decided.id)).context["form"].initial
    return REASONS | {"nonce": begun["nonce"]}


def test_no_language_is_chosen_beforehand_for_the_person_acted_on(
    ines: Client, decided: MadeCase, typed: dict[str, str]
) -> None:
    assert "language" not in ines.get(to("statement", decided.id)).context["form"].initial

    page = ines.post(to("statement", decided.id), typed | {"language": ""}).content.decode()

    assert "Choose the language that they read." in page


@pytest.mark.usefixtures("platform")
def test_the_reasons_begin_with_the_end_of_the_suspension_that_stands(programme: Programme, ines: Client) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    until, desk = clock.this_minute() + timedelta(days=3), programme.desk("ines")
    wanted = Restraint(SUSPEND.act, SUSPEND.account, until=until)
    shown = restraining.cost(made.id, wanted, desk).shown
    restraining.order(made.id, wanted, reason="It threatens.", cost_shown=shown, desk=desk, key=new_id())
    safety.carry_out()
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    begun = ines.get(to("statement", made.id)).context["form"].initial

    assert begun["until"] == until.astimezone(UTC).date()
    assert (begun["restriction"], begun["handle"]) == ("account-suspended", THE_STRANGER)


def test_an_end_that_is_no_day_is_asked_again(ines: Client, decided: MadeCase, typed: dict[str, str]) -> None:
    page = ines.post(to("statement", decided.id), typed | {"until": "Friday"}).content.decode()

    assert "Write a day, or leave it empty." in page


def test_the_end_is_written_in_the_language_of_the_statement(
    ines: Client, decided: MadeCase, typed: dict[str, str]
) -> None:
    given = ines.post(to("statement", decided.id), typed | {"until": "2026-11-25", "language": "ar"})

    assert "25 نوفمبر 2026" in given.context["given"].text


def test_deciding_leads_on_to_giving_the_reasons_with_the_words_that_were_drafted(
    ines: Client, taken: MadeCase
) -> None:
    answer = ines.post(reverse("console:decide", args=[taken.id]), decision(taken))

    assert answer.headers["Location"] == to("statement", taken.id)
    begun = ines.get(to("statement", taken.id)).context["form"].initial
    assert begun["facts"] == "Your post broke the rule on private details."


def test_the_case_says_plainly_whether_the_person_acted_on_was_told(
    ines: Client, decided: MadeCase, typed: dict[str, str]
) -> None:
    assert "They have not been told." in ines.get(to("case", decided.id)).content.decode()

    ines.post(to("statement", decided.id), typed)

    page = ines.get(to("case", decided.id)).content.decode()
    assert "They have not been told." not in page
    assert "written to be handed over." in page
