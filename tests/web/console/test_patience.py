"""Promises about pages that ask a platform while somebody waits: a silent one is said to be silent, and soon."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client

from safeconduct.connectors import patience, registry
from safeconduct.connectors.outside import Limits, NoAnswer, Outside
from safeconduct.connectors.port import ActKind, Cost
from safeconduct.connectors.synapse.admin import Homeserver
from safeconduct.connectors.synapse.connector import SynapseConnector
from tests.connectors.listener import Listener, listening
from tests.domains.cases.making import MadeCase
from tests.domains.safety.platform import FakePlatform
from tests.web.console.conftest import at

pytestmark = pytest.mark.loopback
LONG = 20.0


@pytest.fixture
def mute() -> Iterator[Listener]:
    """Stand in for a homeserver that takes every call and never answers."""
    with listening() as listener:
        listener.late_seconds = 30
        yield listener
        listener.late_seconds = 0


@pytest.mark.one_database
def test_all_that_one_page_asks_ends_together_however_many_exchanges_it_takes(mute: Listener) -> None:
    waited = []
    with patience.within(0.2), Outside(mute.address, allow_private=True, limits=Limits(total_seconds=LONG)) as line:
        for _again in range(3):
            began = time.monotonic()
            with pytest.raises(NoAnswer):
                line.send(line.request("", b"{}"))
            waited.append(time.monotonic() - began)

    # Not how long it took, but that the second and third had nothing left to wait with.
    assert patience.left(LONG) == LONG
    assert max(waited[1:]) < waited[0]


@pytest.mark.one_database
def test_a_block_within_a_block_has_no_more_time_than_the_outer_one() -> None:
    with patience.within(0), patience.within(LONG):
        assert patience.left(LONG) == 0
    assert patience.left(LONG) == LONG


@pytest.fixture
def silent(db: None, mute: Listener, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(patience, "PAGE_SECONDS", 0.2)
    monkeypatch.setattr(patience, "ASIDE_SECONDS", 0.1)
    connector = SynapseConnector(
        "juniper-square", "Juniper Square", Homeserver(mute.address, "token", allow_private=True)
    )
    with registry.registered(connector):
        yield


@pytest.mark.usefixtures("silent")
def test_acts_can_be_chosen_while_the_platform_is_silent_and_the_page_says_so(ines: Client, taken: MadeCase) -> None:
    page = ines.get(at("restrain", taken.id))

    assert "No answer in time from: Juniper Square." in page.content.decode()
    assert "Show what it costs" in page.content.decode()


@pytest.mark.usefixtures("silent")
def test_a_cost_that_cannot_be_asked_leaves_a_way_on_and_a_way_back(ines: Client, taken: MadeCase) -> None:
    mark = ines.get(at("case", taken.id)).context["to_protect"][0].one.mark

    page = ines.post(at("order", taken.id, "secure-now"), {"account": mark})

    assert page.status_code == 503
    assert "Ask the platform again" in page.content.decode()
    assert f'value="{mark}"' in page.content.decode()
    assert at("case", taken.id) in page.content.decode()


@pytest.mark.usefixtures("silent")
def test_flags_of_a_silent_platform_are_said_to_be_out_of_reach(ines: Client) -> None:
    page = ines.get(at("flags")).content.decode()

    assert "Look again" in page


def test_every_request_has_a_time_in_which_platforms_must_have_answered(
    ines: Client, taken: MadeCase, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[float] = []

    def cost(self: FakePlatform, act: ActKind, handle: str) -> Cost:
        seen.append(patience.left(LONG))
        return Cost(act, possible=False)

    monkeypatch.setattr(FakePlatform, "cost", cost)
    mark = ines.get(at("case", taken.id)).context["to_protect"][0].one.mark

    ines.post(at("order", taken.id, "secure-now"), {"account": mark})

    assert platform.performed == []
    assert seen
    assert max(seen) <= patience.PAGE_SECONDS
