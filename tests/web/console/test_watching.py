"""Watching an act: progress shows without script, and ends."""

import re

import pytest
from django.test import Client

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.safety import services as safety
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at
from tests.web.console.test_acts import order

pytestmark = pytest.mark.usefixtures("platform")


def test_without_script_the_page_turns_by_itself_until_the_act_ends(ines: Client, taken: MadeCase) -> None:
    watch = order(ines, taken)["Location"]

    first = ines.get(watch).content.decode()
    stopped = ines.get(watch, {"turn": "stop"}).content.decode()
    last = ines.get(watch, {"turn": "24"}).content.decode()
    safety.carry_out()
    ended = ines.get(watch, {"turn": "3"}).content.decode()

    assert f'<noscript><meta http-equiv="refresh" content="5; url={watch}?turn=1"></noscript>' in first
    assert re.search(r"<b>0 of \d steps have an answer.</b>", first)
    assert not any('http-equiv="refresh"' in page for page in (stopped, last, ended))
    assert "This takes longer than usual." in last
    assert "This takes longer than usual." not in stopped


def test_a_reason_that_holds_for_every_step_is_said_once(ines: Client, programme: Programme) -> None:
    nobody = AccountNamed("juniper-square", "nobody.of.that.name", mine=True)
    made = make_case(programme, stage=Stage.ACTING, accounts=(nobody,))

    watch = order(ines, made)["Location"]
    safety.carry_out()
    record = ines.get(watch).content.decode()

    assert record.count("<dt>Why</dt>") == 1
    assert record.count("Not done") > 1


def test_a_lock_that_stays_has_nothing_to_confirm(ines: Client, taken: MadeCase) -> None:
    done = order(ines, taken)["Location"].rsplit("/", 1)[1]
    safety.carry_out()

    page = ines.get(at("confirm", taken.id, done)).content.decode()

    assert "This lock does not end by itself. There is nothing to confirm." in page
    assert "Without it the lock ends" not in page
