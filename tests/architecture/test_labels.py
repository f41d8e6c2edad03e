"""Every domain says what it is for, every table what it exposes, every setting and command what it does."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver

import safeconduct.domains
from safeconduct.cli.main import every_command
from safeconduct.project import command
from safeconduct.project.options import OPTIONS
from scripts import guides
from tests.stories import sweep

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = [module.name for module in pkgutil.iter_modules(safeconduct.domains.__path__)]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]
# Calls of programs, which the API's own tests hold to its document; the one without a name answers what is missing.
INTERFACE = {
    "None",
    "file_report",
    "list_reports",
    "openapi-json",
    "read_messages",
    "read_organisation",
    "add_to_appeal",
    "file_appeal",
    "read_appeals",
    "read_proof",
    "read_report",
    "write_message",
}
PRIVACY = re.compile(r"Privacy: (none|staff|pseudonym|sealed)\.?\s*$")
FORBIDDEN_WORDS = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_domain_names_the_recommendations_it_serves(domain: str) -> None:
    module = importlib.import_module(f"safeconduct.domains.{domain}")

    assert re.search(r"Recommendations: \d", module.__doc__ or "")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_says_what_a_thief_would_learn_from_it(model: type) -> None:
    assert PRIVACY.search((model.__doc__ or "").strip())


def addresses(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found += addresses(each, f"{before}{each.namespace}:" if each.namespace else before)
        else:
            found.append(f"{before}{each.name}")
    return found


def test_every_page_is_in_the_accessibility_sweep() -> None:
    known = sweep.PAGES.keys() | sweep.ELSEWHERE.keys() | sweep.NO_PAGE.keys()
    pages = set(addresses(get_resolver())) - INTERFACE

    assert pages - known == set()
    assert known - pages == set()


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "guides" / "settings.md").read_text()

    assert [
        option.variable for option in OPTIONS.values() if option.variable not in text or option.help not in text
    ] == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "guides" / "commands.md").read_text()

    assert command.main
    assert [name for name in every_command() if f"`{name}" not in text] == []


def test_the_guides_made_from_the_code_are_up_to_date() -> None:
    stale = [name for name, made in guides.GUIDES.items() if (guides.FOLDER / name).read_text() != made()]

    assert stale == []


def test_no_part_of_the_code_calls_itself_unfinished() -> None:
    sources = (path for path in (ROOT / "src").rglob("*.py"))

    assert [path.name for path in sources if FORBIDDEN_WORDS.search(path.read_text())] == []


def test_no_file_of_code_outgrows_its_reader() -> None:
    long = [path for path in (ROOT / "src").rglob("*.py") if len(path.read_text().splitlines()) > 400]

    assert long == []
