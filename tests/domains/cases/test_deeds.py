"""What the record says was done in a case decides who may hear its appeal, so no action is left to chance."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.domains import cases
from safeconduct.domains.cases.queries import hands
from safeconduct.domains.cases.rules import deeds
from safeconduct.domains.cases.rules.deeds import KEEPING, NO_HAND, Deed
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import veil, work
from tests.domains.cases.making import make_case
from tests.programme import Programme

# The subject of these is a member, the channel, the flags or a group of reports, never a case or a report.
OF_NO_CASE = {
    "channel.set",
    "channel.invited",
    "channel.flood-set",
    "group.lowered",
    "pager.address-set",
    "pager.tried",
    "pager.confirmed",
    "flag.opened",
    "flags.seen",
}
RECORDING = {"record": 1, "tell": 0, "tell_of_reports": 0, "tell_of_promises": 0}


def recorded() -> Iterator[str]:
    """Yield each action that the code of cases records, as it is written there."""
    for path in Path(cases.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if name in RECORDING and len(call.args) > RECORDING[name]:
                yield from named_in(call.args[RECORDING[name]])


def named_in(action: ast.expr) -> Iterator[str]:
    for node in ast.walk(action):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z-]+", str(node.value)):
            yield node.value
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Deed":
            yield Deed[node.attr].value


def test_every_action_that_cases_record_is_a_deed_or_known_to_be_of_no_case() -> None:
    found = set(recorded())

    assert found - OF_NO_CASE <= {deed.value for deed in Deed}
    assert found >= OF_NO_CASE


def test_only_looking_and_renewing_keys_make_nobody_a_hand() -> None:
    assert set(NO_HAND) == {Deed.VEIL_LIFTED, Deed.CASE_REWRAPPED} | KEEPING
    assert not NO_HAND & (deeds.DECISIONS | deeds.OF_A_REVIEW)


@pytest.mark.parametrize("looked", [True, False])
def test_whoever_did_anything_but_look_has_had_a_hand_in_the_case(programme: Programme, *, looked: bool) -> None:
    made = make_case(programme)
    idris = programme.desk("idris")

    if looked:
        veil.lift(made.id, made.report_id, Showing.WORDS, idris)
    else:
        work.add_note(made.id, "Looks like a wave.", idris)

    assert (idris.member_id in hands.hands_on(made.id)) is not looked
