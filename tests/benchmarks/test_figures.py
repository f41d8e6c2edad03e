"""The arithmetic of measurements. No test measures anything: durations are for tables, not for promises."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES, ROOT, with_figures
from benchmarks.figures import Figure, Goal, nearly_all, written
from benchmarks.refusals import guess
from benchmarks.table import missed, table
from benchmarks.visitor import Page

pytestmark = pytest.mark.one_database

FORM = """<form method="post" action="/help"><input type="hidden" name="step" value="1">
<textarea name="text"></textarea>
<input type="radio" name="danger" value="now"><input type="radio" name="danger" value="no" checked>
<input type="file" name="files"><button name="go" value="on">On</button></form>"""


def test_nearly_all_is_the_nearest_rank() -> None:
    values = [float(number) for number in range(1, 101)]

    assert nearly_all(values) == 95
    assert nearly_all([7.0]) == 7


@pytest.mark.parametrize(("value", "words"), [(12345.6, "12,346"), (99.94, "99.9"), (0.0421, "0.0421"), (0, "0")])
def test_numbers_are_written_with_the_digits_that_count(value: float, words: str) -> None:
    assert written(value) == words


def test_a_goal_is_kept_up_to_its_very_edge() -> None:
    assert Goal.at_most(300, 300, "ms").kept
    assert not Goal.at_most(300, 300.1, "ms").kept
    assert not Goal.at_least(0.9, 0.89, "of calm").kept


def test_a_figure_survives_its_journey_as_json() -> None:
    figure = Figure("the queue", 120.5, "ms", 1.4, "100 cases", Goal.at_most(300, 120.5, "ms"))

    assert Figure.from_json(json.loads(json.dumps(figure.as_json()))) == figure


def test_a_missed_goal_is_named_in_the_table() -> None:
    figures = [
        Figure("kept", 1, "s", goal=Goal.at_most(3, 1, "s")),
        Figure("late", 4, "s", goal=Goal.at_most(3, 4, "s")),
    ]

    assert [figure.what for figure in missed(figures)] == ["late"]
    assert "MISSED" in table("start", figures)


def test_a_visitor_sends_what_a_browser_would() -> None:
    page = Page(200, "/help", {}, FORM.encode())

    assert page.form(where="/help").filled({"text": "words"}) == [("step", "1"), ("danger", "no"), ("text", "words")]


def test_every_benchmark_has_a_module_and_a_place_in_the_guide() -> None:
    guide = Path(ROOT / "docs/guides/benchmarks.md").read_text()

    assert [name for name in NAMES if not (ROOT / f"benchmarks/{name}.py").exists() or f"`{name}`" not in guide] == []


def test_a_guess_by_time_alone_is_a_coin_where_times_are_alike_and_sure_where_they_are_not() -> None:
    assert guess([1, 2, 3, 4], [1.5, 0.5, 3.5, 4.5]) == pytest.approx(0.5, abs=0.1)
    assert guess([1, 2, 3], [4, 5, 6]) == 1
    assert guess([4, 5, 6], [1, 2, 3]) == 1


def test_figures_written_into_the_guide_take_the_place_of_the_last() -> None:
    once = with_figures("# Measure it\n\n## What was found\nolder\n", "queue\n  300 ms")

    assert "older" not in once
    assert with_figures(once, "start\n  1 s").count("```") == 2
    assert once.startswith("# Measure it\n\n## What was found\n\nPython ")
