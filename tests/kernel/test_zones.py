"""Time zones by name: those that exist, and nothing that leads elsewhere."""

import pytest

from safeconduct.kernel.errors import Refused
from safeconduct.kernel.zones import zone_named


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Africa/Nairobi").key == "Africa/Nairobi"


@pytest.mark.parametrize("name", ["", "Africa", "Nairobi", "../../etc/passwd", "/etc/passwd", "Africa/Nairobi\0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        zone_named(name)
