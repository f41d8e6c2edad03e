"""A running platform for the tests of connectors."""

from collections.abc import Iterator

import pytest

from tests.juniper import Juniper, juniper_square


@pytest.fixture(scope="module")
def running_juniper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Juniper]:
    with juniper_square(tmp_path_factory.mktemp("juniper")) as running:
        yield running


@pytest.fixture
def juniper(running_juniper: Juniper) -> Juniper:
    running_juniper.reset()
    return running_juniper
