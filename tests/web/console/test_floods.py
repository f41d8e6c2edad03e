"""A flood is lowered in one act with one reason, and nothing in it is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at


@pytest.fixture
def flood(programme: Programme) -> list[MadeCase]:
    return [make_case(programme) for _ in range(4)]


def test_many_reports_in_the_same_words_are_lowered_in_one_act(
    ines: Client, flood: list[MadeCase], opened: Callable[..., CaseView]
) -> None:
    (group,) = ines.get(at("queue")).context["alike"]

    answer = ines.post(at("flood", group.id), {"severity": "P3", "reason": "One text, sent by one hand."})

    assert answer["Location"] == at("queue")
    assert {opened(made).severity for made in flood} == {Severity.P3}


def test_lowering_them_takes_a_reason(ines: Client, flood: list[MadeCase], opened: Callable[..., CaseView]) -> None:
    (group,) = ines.get(at("queue")).context["alike"]

    page = ines.post(at("flood", group.id), {"severity": "P3", "reason": ""}).content.decode()

    assert "Write why they are less urgent." in page
    assert {opened(made).severity for made in flood} == {Severity.P1}


def test_a_group_nobody_here_can_open_is_not_there(ines: Client, browser: Callable[[str], Client]) -> None:
    assert ines.get(at("flood", new_id())).status_code == 404
    assert browser("tomas").get(at("flood", new_id())).status_code == 404


def test_the_number_of_a_case_that_was_left_is_said(ines: Client, flood: list[MadeCase]) -> None:
    (group,) = ines.get(at("queue")).context["alike"]
    Case.objects.filter(pk=flood[0].id).update(sealed_cover=b"damaged")

    page = ines.post(at("flood", group.id), {"severity": "P3", "reason": "One text."}).content.decode()

    assert "3 cases were lowered" in page
    assert Case.objects.get(pk=flood[0].id).number in page
