"""Flags of a platform's users: a list without content, one opened at a time, put into a case by a person or left."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from safeconduct.audit import queries as audit
from safeconduct.connectors.incoming import Flag
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import EvidenceKind, Stage
from safeconduct.domains.cases.services import flags
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.web.console.conftest import at

WHEN = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
WHY = "He says where my mother lives."
ABOUT_MESSAGE = Flag("message-7", WHEN, "@stranger:p.example", "@somebody:p.example", WHY, item="$event")
ABOUT_ACCOUNT = Flag("account-3", WHEN, "@stranger:p.example", "@somebody:p.example", "Spam.")


@pytest.fixture(autouse=True)
def _pressed(platform: FakePlatform) -> None:
    platform.pressed += [ABOUT_MESSAGE, ABOUT_ACCOUNT]


def press(client: Client, **said: str) -> str:
    asked = {"platform": "juniper-square", "flag": "message-7"} | said
    return client.post(at("flags"), asked, follow=True).content.decode()


def see_all(client: Client, after: str = "", upto: str = "2") -> str:
    said = {"platform": "juniper-square", "after": after, "upto": upto}
    return client.post(at("flags-seen"), said, follow=True).content.decode()


def test_the_list_says_when_and_about_what_kind_of_thing_and_no_more(ines: Client) -> None:
    page = ines.get(at("flags")).content.decode()

    assert page.count("Open it") == 2
    assert all(word not in page for word in (WHY, "@stranger", "@somebody", "$event"))


def test_one_is_opened_at_a_time_counted_and_written_down(ines: Client, programme: Programme) -> None:
    page = press(ines)

    assert WHY in page
    assert "Spam." not in page
    assert [each.action for each in audit.entries_for(flags.FLAGS)] == ["flag.opened"]
    assert queries.exposure_for(programme.desk("ines")).hour.lifted == 1


def test_nothing_of_a_flag_is_kept_until_it_is_put_into_a_case(ines: Client, programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    press(ines)
    before = queries.case_for(made.id, programme.desk("ines")).evidence

    press(ines, go="keep", number=made.receipt.number)

    after = queries.case_for(made.id, programme.desk("ines")).evidence
    assert before == ()
    assert [each.what for each in after] == [EvidenceKind.FLAG, EvidenceKind.MESSAGE]
    assert WHY.encode() in kept(made, after[0].id, programme)


def kept(made: MadeCase, piece: UUID, programme: Programme) -> bytes:
    return b"".join(queries.piece_for(made.id, piece, programme.desk("ines")))


def test_a_case_of_others_takes_no_flag_and_is_not_told_apart_from_none(ines: Client, programme: Programme) -> None:
    theirs = make_case(programme, stage=Stage.TRIAGE, by="idris")

    answers = [press(ines, go="keep", number=number) for number in (theirs.receipt.number, "SC-0000-0000")]

    assert all("You can open no case of this number." in page for page in answers)


def test_what_can_take_no_flag_is_refused_before_the_platform_is_asked_for_its_message(
    ines: Client, programme: Programme, platform: FakePlatform
) -> None:
    ended, asked = make_case(programme, stage=Stage.CLOSED), []
    platform.item = asked.append  # type: ignore[assignment, method-assign] # a look that would be noticed

    press(ines, go="keep", number=ended.receipt.number)

    assert asked == []


def test_flags_are_for_staff_who_work_on_cases_and_for_nobody_else(programme: Programme) -> None:
    for name in ("tomas", "chiara"):
        with pytest.raises(NotAllowed):
            flags.flags_waiting("juniper-square", programme.desk(name))


def test_the_next_look_begins_where_somebody_said_they_had_seen_all(ines: Client, platform: FakePlatform) -> None:
    page = see_all(ines)
    platform.pressed.append(Flag("message-9", WHEN, "@other:p.example", "@somebody:p.example", item="$later"))

    assert "Nothing new since somebody last looked." in page
    assert ines.get(at("flags")).content.decode().count("Open it") == 1


def test_a_page_that_another_look_overtook_moves_nothing_back_or_on(ines: Client, platform: FakePlatform) -> None:
    see_all(ines)
    platform.pressed.append(Flag("message-9", WHEN, "@other:p.example", "@somebody:p.example", item="$later"))

    see_all(ines, after="", upto="1")
    see_all(ines, after="", upto="3")

    assert ines.get(at("flags")).content.decode().count("Open it") == 1


def test_a_silent_platform_is_said_to_be_silent(ines: Client, platform: FakePlatform) -> None:
    platform.silent = True

    assert "The platform does not answer." in ines.get(at("flags")).content.decode()


def test_whoever_works_on_no_case_finds_no_flags(browser: object) -> None:
    chiara: Client = browser("chiara")  # type: ignore[operator] # the fixture of signed-in browsers

    assert chiara.get(at("flags")).status_code == 404
    assert chiara.post(at("flags-seen"), {"platform": "juniper-square"}).status_code == 404
