"""Telling us, step by step."""

import re

from tests.web.visitor import Visitor


def code_on(page: str) -> list[str]:
    return re.findall(r"<span>(\d{3} \d{3} \d{4})</span>", page)


def at_the_last_step(visitor: Visitor) -> Visitor:
    visitor.open().press("report").press("on", happened=["T5"], text="They published where I live.")
    visitor.press("on", danger="soon").press("on", mine="amina", links="https://juniper.example/p/1")
    return visitor.press("on", wants=["secure"])


def test_a_report_goes_through_five_steps_to_a_code(visitor: Visitor) -> None:
    at_the_last_step(visitor).press("send")

    assert len(code_on(visitor.page)) == 3
    assert "We have your report" in visitor.page


def test_every_question_can_be_skipped(visitor: Visitor) -> None:
    visitor.open().press("report").press("on").press("on").press("on").press("on").press("send")

    assert len(code_on(visitor.page)) == 3
