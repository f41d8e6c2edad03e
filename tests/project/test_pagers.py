"""Which ways to wake people a programme has: those that the operator set up, and a trial proves each."""

import json
from pathlib import Path

import pytest

from safeconduct.connectors import paging
from safeconduct.connectors.pagers.chat import ChatPager
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.services import channel
from safeconduct.kernel.errors import Refused
from safeconduct.project import platforms
from tests.connectors.listener import listening
from tests.programme import Programme, found

pytestmark = pytest.mark.one_database


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found()


def set_up(folder: Path) -> list[str]:
    with paging.registered():
        platforms.connect_pagers(folder)
        return [pager.name for pager in paging.pagers()]


def test_no_chat_room_is_called_unless_the_operator_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set_up(tmp_path) == []

    monkeypatch.setenv("SAFECONDUCT_CHAT", "yes")
    assert set_up(tmp_path) == ["chat"]


@pytest.mark.parametrize(
    ("hosts", "calls"),
    [
        ("reports.example,10.0.0.7", "https://reports.example/console/calls"),
        (".example,reports.example", "https://reports.example/console/calls"),
        ("*", ""),
    ],
)
def test_the_link_leads_to_the_first_whole_host_name(monkeypatch: pytest.MonkeyPatch, hosts: str, calls: str) -> None:
    monkeypatch.setenv("SAFECONDUCT_HOSTS", hosts)

    assert platforms.calls_page() == calls


@pytest.mark.loopback
def test_a_chat_room_opens_no_door_until_its_number_was_typed_back(programme: Programme) -> None:
    ines = programme.desk("ines")
    with listening() as room, paging.registered(ChatPager(allow_private=True)):
        channel.set_pager_address(ines, "chat", f"{room.address}/hooks/duty")
        channel.try_pagers(ines)
        assert any("pager" in each for each in queries.channel().refusals)
        with pytest.raises(Refused):
            channel.confirm_pager("000000x", ines)

        number = json.loads(room.taken[0].body)["text"].split()[-1].rstrip(".")
        channel.confirm_pager(number, ines)

    assert queries.channel().pager_tested_at is not None
