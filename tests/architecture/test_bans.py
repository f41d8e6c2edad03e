"""Names that are banned stay banned where the ban on requests and answers is lifted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUFF = Path(sys.executable).parent / "ruff"
LIFTED = ("`django.http`", "`django.shortcuts`")

pytestmark = pytest.mark.one_database


def banned_in(source: Path | str, *options: str, text: str | None = None) -> list[str]:
    command = [RUFF, "check", "--no-cache", "--select", "TID251", "--output-format", "json", *options, source]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    return [found["message"] for found in json.loads(done.stdout)]


def test_rooms_that_may_answer_requests_break_no_other_ban() -> None:
    everything = "lint.per-file-ignores = {}"
    found = [said for room in ("src", "tests") for said in banned_in(ROOT / room, "--config", everything)]

    assert [said for said in found if not said.startswith(LIFTED)] == []
    assert found


@pytest.mark.parametrize("line", ["from django.http import HttpRequest", "from django.shortcuts import render"])
@pytest.mark.parametrize("room", ["domains/cases/services/work.py", "accounts/rules.py", "cli/main.py", "jobs/new.py"])
def test_a_request_outside_web_and_api_is_found(room: str, line: str) -> None:
    assert banned_in("-", "--stdin-filename", f"src/safeconduct/{room}", text=line + "\n")
