"""Everybody tries every page by every verb: whoever it is not for sees nothing, as if the thing did not exist."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from safeconduct.kernel import clock
from tests.domains.defenders.making import NAME
from tests.refusals.answers import asked, asked_of_nothing, expected
from tests.refusals.roles import Kind
from tests.refusals.rows import AGAIN, ASKER, CALLED, CUSTODIAN, ROWS, TOUR
from tests.refusals.world import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
VERBS = ("get", "post")
EVERY = {**ROWS, **AGAIN}


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    # The clock stands: two answers of one page are laid side by side, and a page may say what time it is.
    now = clock.now()
    with (
        clock.use(lambda: now),
        django_db_blocker.unblock(),
        world(tmp_path_factory.mktemp("data")) as made,
    ):
        yield made


def named(patterns: list[URLPattern | URLResolver], before: str = "", space: str = "") -> Iterator[str]:
    """Yield the name of every address; HTTP v1 goes by its paths, where two verbs are two functions."""
    for each in patterns:
        whole = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from named(each.url_patterns, whole, f"{each.namespace}:" if each.namespace else space)
        else:
            yield whole if whole.startswith("api/") else f"{space}{each.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(named(get_resolver("safeconduct.project.urls").url_patterns)) == set(ROWS) | TOUR


def test_only_the_benches_read_why_somebody_asks(scene: World) -> None:
    told = {who for who in CALLED if asked(scene, who, "get", ROWS["console:identities"]).tells}

    assert told == CUSTODIAN


def test_only_the_one_who_asked_and_only_in_the_one_reading_sees_a_name(scene: World) -> None:
    rows = {name: row for name, row in EVERY.items() if "/identities" in row.address}
    told = {
        (name, who)
        for name, row in rows.items()
        for who in row.door
        for verb in VERBS
        if NAME in asked(scene, who, verb, row).body
    }

    assert told == {("console:identity-read", who) for who in ASKER}


@pytest.mark.parametrize("name", EVERY)
def test_only_who_is_named_gets_past(scene: World, name: str) -> None:
    row = EVERY[name]
    tries = [(who, verb) for who in row.askers for verb in VERBS]

    found = {each: asked(scene, *each, row) for each in tries}
    refused = {each: answer for each, answer in found.items() if answer.kind not in {Kind.IN, Kind.REFUSED}}
    inside = [(who, verb) for who, verb in refused if who in row.door]

    assert {each: answer.kind for each, answer in found.items() if answer.kind not in expected(row, *each)} == {}
    assert [each for each, answer in refused.items() if answer.tells] == []
    assert {each: asked_of_nothing(scene, *each, row) for each in inside} == {each: refused[each] for each in inside}
