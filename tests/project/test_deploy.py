"""What lies in deploy/ is as strict as it says: the container file by its words, the units as systemd judges them."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from safeconduct.cli.main import every_command
from safeconduct.project import command
from tests.stories.served import ROOT

pytestmark = pytest.mark.one_database
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
MOST_EXPOSED = 20  # of systemd's hundred; each point above what stands there today needs a reason
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")


def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "deploy" / "Containerfile").read_text()
    joined = re.sub(r"\\\n\s*", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in joined.splitlines() if line]


def given(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def test_the_image_installs_only_what_the_lock_has_hashes_for() -> None:
    [install] = [run for run in given("RUN") if "install --no-cache-dir" in run]

    assert "--require-hashes --no-deps --only-binary :all: --requirement /build/requirements.lock" in install
    assert not [run for run in given("RUN") if re.search(r"curl|wget|apt|git|--index-url|--trusted-host", run)]
    assert given("ADD") == []


def test_the_image_takes_named_folders_and_no_data_keys_or_history() -> None:
    ours = [copied.split()[0] for copied in given("COPY") if not copied.startswith("--from")]

    assert ours == ["requirements.lock", "src", "LICENSE"]


def test_the_image_runs_as_nobody_and_writes_only_to_its_volume() -> None:
    words = [name for name, _ in instructions()]

    assert given("USER") == ["10001:10001"]
    assert "RUN" not in words[words.index("USER") :]
    assert given("VOLUME") == ['["/data"]']
    assert "PYTHONDONTWRITEBYTECODE=1" in given("ENV")[0]
    assert "SAFECONDUCT_DATA=/data" in given("ENV")[0]
    assert not re.search(r"SECRET|PASSWORD|TOKEN|DEMONSTRATION", " ".join(given("ENV")))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_starts_a_command_that_exists(unit: Path) -> None:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign] # its names are written with capitals
    read.read(unit)

    words = read["Service"]["ExecStart"].split()
    assert command.app is not None
    assert any(" ".join(["safeconduct", *words[1:]]).startswith(known) for known in every_command())
    assert (read["Service"]["LimitCORE"], read["Service"]["MemorySwapMax"]) == ("0", "0")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault_and_little_exposure(unit: Path, tmp_path: Path) -> None:
    # The program is installed where the unit says; here any program stands for it.
    name = unit.name.replace("@", "@8001")
    (tmp_path / name).write_text(unit.read_text().replace("/opt/safeconduct/bin/safeconduct", "/bin/true"))

    verified = judged("verify", "--man=no", "--recursive-errors=no", str(tmp_path / name))
    exposed = judged("security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(tmp_path / name))

    assert (verified.returncode, verified.stderr) == (0, "")
    assert exposed.returncode == 0, exposed.stdout[-200:]


def judged(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)
