"""Which platforms this process can reach."""

from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.connectors import registry
from safeconduct.kernel.errors import Refused, Unavailable
from tests.juniper import Juniper

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


def test_a_registered_platform_is_found_and_then_forgotten(juniper: Juniper) -> None:
    with registry.registered(juniper.connector):
        assert registry.connector_for("juniper-square") is juniper.connector
        assert "juniper-square" in registry.platforms()

    with pytest.raises(Unavailable, match="by hand"):
        registry.connector_for("never-registered")


def test_a_demonstration_takes_no_real_platform(juniper: Juniper) -> None:
    real = replace(juniper.connector, platform="real-one", simulated=False)

    with pytest.raises(Refused, match="no real platform"):
        registry.register(real, demonstration=True)

    assert "real-one" not in registry.platforms()


def test_no_connector_shows_its_keys_or_a_handle_when_printed(juniper: Juniper) -> None:
    printed = repr(juniper.connector) + repr(juniper.connector.account("amina"))

    assert "amina" not in printed
    assert "Ed25519" not in printed


def test_connectors_import_nothing_but_the_kernel() -> None:
    source = Path(registry.__file__).parent
    lines = [line for file in source.rglob("*.py") for line in file.read_text().splitlines()]

    foreign = [line for line in lines if line.startswith(("from safeconduct.", "import safeconduct."))]
    assert [
        line for line in foreign if not line.startswith(("from safeconduct.connectors", "from safeconduct.kernel"))
    ] == []
