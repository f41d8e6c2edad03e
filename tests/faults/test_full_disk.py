"""A real service on a disk without a byte of room: it reads on, answers each writer with a sentence, and recovers."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.faults.on_a_full_disk import NOT_MOUNTED
from tests.stories.served import ROOT

pytestmark = [pytest.mark.one_database, pytest.mark.loopback]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Live on a small disk of one's own, in a room where this account may mount one."""
    if shutil.which("unshare") is None:
        pytest.skip("a disk of its own needs Linux")
    folder = tmp_path_factory.mktemp("disk")
    program = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "tests.faults.on_a_full_disk", folder]
    own = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(program, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False)
    if done.returncode == NOT_MOUNTED or "unshare" in done.stderr.partition("\n")[0]:
        pytest.skip("the kernel lets this account mount nothing")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_on_a_full_disk_pages_are_read_as_before(told: Any) -> None:
    assert told["read"] == [200, 200, 200]
    assert told["alive"]


def test_on_a_full_disk_a_report_is_given_back_with_a_sentence_and_no_code(told: Any) -> None:
    refused = told["refused"]

    assert (refused["status"], refused["code"], refused["says"]) == (503, False, True)
    assert "Send it again" in refused["page"]
    assert 'name="nonce"' in refused["page"]


def test_on_a_full_disk_no_picture_is_half_kept(told: Any) -> None:
    assert told["file"] == [True, []]


def test_a_backup_onto_a_full_disk_leaves_no_half_of_one(told: Any) -> None:
    said, left = told["copy"]

    assert "has room" in said
    assert left == []
    assert told["later"] == ["", ["copy.backup"]]


def test_once_there_is_room_the_same_press_is_one_report_and_nothing_is_damaged(told: Any) -> None:
    assert (told["kept"]["code"], told["again"]["code"]) == (True, True)
    assert (told["reports"], told["whole"]) == (1, "ok")
