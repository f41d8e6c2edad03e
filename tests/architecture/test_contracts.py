"""Each import contract, proved by planting one violation in a copy of the code and seeing it found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

PLANTED = {
    "floors": ("safeconduct/kernel/planted.py", "import safeconduct.vault\n"),
    "domains": ("safeconduct/domains/partners/planted.py", "import safeconduct.domains.cases.rules\n"),
    "inside-a-domain": ("safeconduct/domains/safety/models.py", "\nimport safeconduct.domains.safety.queries\n"),
    "rules-are-plain": ("safeconduct/domains/safety/rules.py", "\nimport django.db\n"),
    "plain-python": ("safeconduct/kernel/planted.py", "import django\n"),
    "tables-of-audit": ("safeconduct/domains/cases/planted.py", "import safeconduct.audit.models\n"),
    "tables-of-vault": ("safeconduct/domains/cases/planted.py", "import safeconduct.vault.models\n"),
    "tables-of-accounts": ("safeconduct/domains/cases/planted.py", "import safeconduct.accounts.models\n"),
    "tables-of-partners": ("safeconduct/domains/cases/planted.py", "import safeconduct.domains.partners.models\n"),
    "tables-of-defenders": ("safeconduct/domains/cases/planted.py", "import safeconduct.domains.defenders.models\n"),
    "tables-of-early-warning": ("safeconduct/web/planted.py", "import safeconduct.domains.early_warning.models\n"),
    "tables-of-safety": ("safeconduct/domains/cases/planted.py", "import safeconduct.domains.safety.models\n"),
    "tables-of-cases": ("safeconduct/web/planted.py", "import safeconduct.domains.cases.models\n"),
    "tables-of-remedy": ("safeconduct/web/planted.py", "import safeconduct.domains.remedy.models\n"),
    "tables-of-demands": ("safeconduct/web/planted.py", "import safeconduct.domains.demands.models\n"),
    "tables-of-transparency": ("safeconduct/web/planted.py", "import safeconduct.domains.transparency.models\n"),
    "rooms-of-pages": ("safeconduct/web/partner/planted.py", "import safeconduct.web.portal.words\n"),
    "backups-are-commands": ("safeconduct/domains/cases/planted.py", "import safeconduct.backups.making\n"),
    "platforms-are-plugged-in": (
        "safeconduct/domains/safety/planted.py",
        "import safeconduct.connectors.http_contract\n",
    ),
    "the-platform-is-a-stranger": ("demoplatform/planted.py", "import safeconduct.connectors.port\n"),
    "we-are-strangers-to-the-platform": ("safeconduct/web/planted.py", "import demoplatform.store\n"),
}


def check(source: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [LINTER, "--no-cache", "--config", ROOT / ".importlinter", "--contract", contract]
    return subprocess.run(
        command, cwd=source, env=os.environ | {"PYTHONPATH": str(source)}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "templates", "locale", "__pycache__")
    )
    return tmp_path / "src"


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_of_each_import_contract_is_found(contract: str, source: Path) -> None:
    name, line = PLANTED[contract]
    with (source / name).open("a") as file:
        file.write(line)

    found = check(source, contract)

    assert found.returncode == 1, found.stdout + found.stderr
    assert "BROKEN" in found.stdout


def test_every_contract_has_a_planted_violation() -> None:
    lines = (ROOT / ".importlinter").read_text().splitlines()
    contracts = {
        line.removeprefix("[importlinter:contract:").rstrip("]")
        for line in lines
        if line.startswith("[importlinter:contract:")
    }

    assert contracts == set(PLANTED)


def test_a_folder_without_a_floor_is_found(source: Path) -> None:
    (source / "safeconduct" / "annexe").mkdir()
    (source / "safeconduct" / "annexe" / "__init__.py").write_text('"""A room nobody planned."""\n')

    assert check(source, "floors").returncode == 1
