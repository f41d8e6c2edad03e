"""What machines may watch: clocks, queues, rounds and the record; no person, no case, and no small count."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from safeconduct.domains.cases.models import Case
from safeconduct.jobs import standing
from safeconduct.jobs.rounds import Round
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.project import figures, watching
from tests.domains.cases.making import make_case, make_programme
from tests.programme import Programme
from tests.standing import _a_fresh_door

__all__ = ["_a_fresh_door"]
ROUND = Round("record", timedelta(seconds=1), lambda: 0)
NAMES = {
    "cases_open",
    "cases_untaken",
    "channel_open",
    "clocks_late",
    "clocks_late_cases",
    "helpdesk_waiting",
    "index_asleep",
    "leads_without_provider",
    "pager_tested",
    "pages_unanswered",
    "record_lag_seconds",
    "round_failures_total",
    "round_last_success_timestamp_seconds",
}


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture(autouse=True)
def _one_round() -> Iterator[None]:
    standing.forget()
    standing.begun(ROUND)
    yield
    standing.forget()


def asked(path: str, token: str = "", *, method: str = "GET", right: str = "right") -> tuple[str, str]:
    told: list[Any] = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_AUTHORIZATION": f"Bearer {token}"}
    body = watching.application(right)(environ, lambda *said: told.extend(said))
    return told[0], b"".join(body).decode()


def samples() -> dict[str, float]:
    lines = [line for line in figures.written().splitlines() if not line.startswith("#")]
    return {name.removeprefix("safeconduct_"): float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_every_figure_is_on_this_list_and_only_rounds_have_a_label(programme: Programme) -> None:
    found = samples()

    assert {name.partition("{")[0] for name in found} == NAMES
    assert {label for name in found for label in re.findall(r"(\w+)=", name)} == {"round"}


def test_the_text_is_what_prometheus_reads(programme: Programme) -> None:
    for line in figures.written().splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) safeconduct_\w+ .+|safeconduct_\w+(\{round="[\w ]+"\})? [\d.e+]+', line), (
            line
        )


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 10), (10, 10), (11, 20), (95, 100)])
def test_a_count_is_shown_as_the_next_ten(count: int, shown: int) -> None:
    assert figures.rounded(count) == shown


def test_one_report_more_cannot_be_seen_to_come(programme: Programme) -> None:
    make_case(programme)
    before = samples()
    make_case(programme, text="planted words of another report")

    after = samples()

    assert after == before
    assert "planted" not in figures.written()


def test_a_late_clock_is_a_yes(programme: Programme) -> None:
    cases = [make_case(programme).id for _ in range(2)]
    assert samples()["clocks_late"] == 0

    Case.objects.filter(id__in=cases).update(due_at=clock.now() - timedelta(minutes=1))

    assert (samples()["clocks_late"], samples()["clocks_late_cases"]) == (1, 10)


def test_metrics_need_the_token_and_health_needs_none(programme: Programme) -> None:
    assert asked("/metrics")[0] == asked("/metrics", "wrong")[0] == "401 Unauthorized"
    assert asked("/metrics", "right")[0] == "200 OK"
    assert asked("/health") == ("200 OK", '{"well": true, "wrong": []}\n')
    assert asked("/health", method="POST")[0] == asked("/console/", "right")[0] == "404 Not Found"


def test_where_there_is_no_token_nobody_reads_metrics(programme: Programme) -> None:
    assert asked("/metrics", "", right="")[0] == "401 Unauthorized"


def test_health_names_a_round_that_misses_its_turns(programme: Programme) -> None:
    later = clock.now() + timedelta(minutes=5)

    with clock.use(lambda: later):
        status, said = asked("/health")

    assert (status, json.loads(said)) == ("503 Service Unavailable", {"well": False, "wrong": ["round record"]})


def test_nothing_is_watched_unless_the_operator_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with watching.watched(tmp_path) as port:
        assert port == 0
    monkeypatch.setenv("SAFECONDUCT_METRICS", "9400")
    with pytest.raises(Refused, match="host and port"):
        watching.wanted()


@pytest.mark.parametrize("mode", [0o644, 0o600])
@pytest.mark.loopback
def test_the_port_opens_only_with_a_token_that_nobody_else_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("SAFECONDUCT_METRICS", "127.0.0.1:0")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "metrics.token").write_text("right")
    (tmp_path / "keys" / "metrics.token").chmod(mode)

    if mode == 0o600:
        with watching.watched(tmp_path) as port:
            assert port > 0
        return
    with pytest.raises(Refused, match="chmod 600"), watching.watched(tmp_path):
        pass
