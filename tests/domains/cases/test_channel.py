"""Promises about the door as a whole: its gate, its modes, invitations and the trial of pagers."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import pytest

from safeconduct.connectors import paging
from safeconduct.domains.cases import checks, queries
from safeconduct.domains.cases.models import Invitation
from safeconduct.domains.cases.rules import Mode
from safeconduct.domains.cases.services import channel, intake
from safeconduct.domains.cases.values import ANONYMOUS, Origin
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from tests.domains.cases.making import ANSWERS, KeptPages, make_case, open_door, partner_origin
from tests.programme import Programme, found
from tests.standing import Clock


@pytest.fixture
def closed(db: None, data_folder: object) -> Programme:
    return found()


@dataclass
class DeadPager:
    """A pager that answers nobody."""

    name: str

    def send(self, page: paging.Page) -> None:
        raise Unavailable("pager.dead", "The pager did not answer.")


def file(origin: Origin) -> None:
    intake.file_report(ANSWERS, nonce=secrets.token_bytes(32), by=origin)


def test_the_door_is_closed_until_somebody_opens_it(closed: Programme) -> None:
    assert queries.channel_mode() is Mode.CLOSED
    with pytest.raises(Refused, match="cannot be sent this way"):
        file(ANONYMOUS)


def test_no_channel_opens_without_a_tested_pager(closed: Programme) -> None:
    with pytest.raises(Refused, match="No pager has been tested"):
        channel.open_channel("partners", by=OPERATOR)

    assert queries.channel_mode() is Mode.CLOSED
    assert not checks.PagerTested().run().well


def test_no_channel_opens_with_fewer_than_two_people_who_can_open_a_case(db: None, data_folder: object) -> None:
    with pytest.raises(Refused, match="Fewer than two people"):
        channel.open_channel("public", by=OPERATOR)

    assert not checks.TwoCanOpen().run().well


def test_a_pager_counts_as_tested_once_its_number_was_typed_back(closed: Programme) -> None:
    pager, ines = KeptPages(), closed.desk("ines")
    with paging.registered(pager):
        channel.set_pager_address(ines, pager.name, "ines")
        channel.try_pagers(ines)

    with pytest.raises(Refused, match="No trial call with this number"):
        channel.confirm_pager("000000" if pager.pages[0].number != "000000" else "1", ines)
    channel.confirm_pager(f" {pager.pages[0].number} ", ines)
    assert queries.channel().pager_tested_at is not None
    assert all(check.run().well for check in checks.CHECKS if check.gates_channel)


@pytest.mark.parametrize("then", ["elsewhere", ""])
def test_a_trial_call_belongs_to_the_address_it_went_to(closed: Programme, then: str) -> None:
    pager, ines = KeptPages(), closed.desk("ines")
    with paging.registered(pager):
        channel.set_pager_address(ines, pager.name, "ines")
        channel.try_pagers(ines)
        channel.confirm_pager(pager.pages[0].number, ines)
        channel.set_pager_address(ines, pager.name, "ines")
        assert checks.PagerTested().run().well

        channel.set_pager_address(ines, pager.name, then)

    assert not checks.PagerTested().run().well
    assert "No pager has been tested" in queries.channel().refusals[0]


def test_the_number_of_a_trial_call_proves_no_address_given_after_it(closed: Programme) -> None:
    pager, ines = KeptPages(), closed.desk("ines")
    with paging.registered(pager):
        channel.set_pager_address(ines, pager.name, "ines")
        channel.try_pagers(ines)
        channel.set_pager_address(ines, pager.name, "elsewhere")

    with pytest.raises(Refused, match="No trial call with this number"):
        channel.confirm_pager(pager.pages[0].number, ines)


def test_doctor_and_the_door_name_whom_no_trial_call_reached(closed: Programme) -> None:
    everybody = queries.channel().people_not_called
    open_door(closed)

    left = queries.channel().people_not_called

    assert set(everybody) - set(left) == {"ines"}
    assert left
    assert all(name in checks.EachCanBeCalled().run().what for name in left)
    assert not checks.EachCanBeCalled().run().well


def test_an_old_test_of_the_pager_does_not_count(closed: Programme, time: Clock) -> None:
    open_door(closed, "partners")
    channel.close_channel(by=OPERATOR)
    time.move(timedelta(days=31))

    with pytest.raises(Refused, match="No pager has been tested"):
        channel.open_channel("partners", by=OPERATOR)


def test_whoever_has_no_address_for_a_pager_is_told_so(closed: Programme) -> None:
    with pytest.raises(Unavailable, match="Set your address"):
        channel.try_pagers(closed.desk("ines"))


def test_a_dead_pager_does_not_stop_the_trial_of_the_next(closed: Programme) -> None:
    alive, dead, ines = KeptPages("b-alive"), DeadPager("a-dead"), closed.desk("ines")

    with paging.registered(alive, dead):
        for pager in (dead, alive):
            channel.set_pager_address(ines, pager.name, "ines")
        sent = channel.try_pagers(ines)

    assert (sent, len(alive.pages)) == (1, 1)


def test_when_no_trial_went_out_it_says_so(closed: Programme) -> None:
    dead, ines = DeadPager("a-dead"), closed.desk("ines")

    with paging.registered(dead):
        channel.set_pager_address(ines, dead.name, "ines")
        with pytest.raises(Unavailable, match="None of your pagers answered"):
            channel.try_pagers(ines)


def test_only_the_three_modes_can_be_opened(programme: Programme) -> None:
    for mode in ("closed", "everyone", ""):
        with pytest.raises(Refused, match="partners, invited, public"):
            channel.open_channel(mode, by=OPERATOR)


def test_partners_only_means_partners_only(closed: Programme) -> None:
    open_door(closed, "partners")

    file(partner_origin(closed))
    with pytest.raises(Refused):
        file(ANONYMOUS)


def test_an_invitation_lets_one_report_in(closed: Programme) -> None:
    open_door(closed, "invited")
    words = channel.invite(closed.desk("ines"))

    file(Origin.invited(words.upper()))

    with pytest.raises(Refused, match="do not open the door"):
        file(Origin.invited(words))


def test_the_form_of_an_invited_reporter_may_be_sent_twice(closed: Programme) -> None:
    open_door(closed, "invited")
    nonce, origin = secrets.token_bytes(32), Origin.invited(channel.invite(closed.desk("ines")))

    first = intake.file_report(ANSWERS, nonce=nonce, by=origin)
    second = intake.file_report(ANSWERS, nonce=nonce, by=origin)

    assert second.code == first.code
    assert not second.first


def test_a_report_that_fails_does_not_use_up_the_invitation(closed: Programme) -> None:
    open_door(closed, "invited")
    words = channel.invite(closed.desk("ines"))

    with pytest.raises(Refused):
        make_case(closed, origin=Origin.invited(words), text="x" * 30_000)

    file(Origin.invited(words))


def test_the_words_of_an_invitation_stand_nowhere(closed: Programme) -> None:
    words = channel.invite(closed.desk("ines"))

    assert words not in repr([*Invitation.objects.values()])


def test_a_closed_door_keeps_conversations_open(programme: Programme) -> None:
    made = make_case(programme)
    channel.close_channel(by=OPERATOR)

    assert queries.conversation_for(made.report_id, made.ring).may_write


def test_a_partner_neither_invites_nor_tries_pagers(programme: Programme) -> None:
    for attempt in (channel.invite, channel.try_pagers):
        with pytest.raises(NotAllowed):
            attempt(programme.desk("tomas"))
