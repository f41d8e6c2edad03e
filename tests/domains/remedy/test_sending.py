"""Reasons put into an account by its platform: nobody here ever reads the code that stands on them."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, Result
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Statement, StatementNotice
from safeconduct.domains.remedy.rules import Asks, Delivery
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, outbox
from tests.domains.cases.making import DECISION, MadeCase
from tests.domains.remedy.making import SAID, make_decided, plea
from tests.juniper import Juniper, juniper_square
from tests.programme import Programme
from tests.standing import Clock

STRANGER = AccountRef("juniper-square", "hammer_of_truth")
pytestmark = pytest.mark.loopback


@pytest.fixture
def juniper(tmp_path: Path) -> Iterator[Juniper]:
    with juniper_square(tmp_path / "juniper") as square, registry.registered(square.connector):
        outbox.retire()
        outbox.keep_fresh()
        yield square
        outbox.retire()


@pytest.fixture
def decided(programme: Programme, juniper: Juniper) -> MadeCase:
    return make_decided(programme, decision=DECISION)


def send(programme: Programme, made: MadeCase, to: AccountRef = STRANGER, key: UUID | None = None) -> None:
    services.send_statement(made.id, SAID, to, programme.desk("ines"), key=key or new_id(), language="en")


def notices(juniper: Juniper) -> list[str]:
    """Return what the owner of the account finds there."""
    with sqlite3.connect(juniper.square._store._path) as db:
        return [words for (words,) in db.execute("SELECT words FROM notice WHERE handle = 'hammer_of_truth'")]


def code_in(words: str) -> CaseCode:
    return CaseCode.parse(re.findall(r"^\d{3} \d{3} \d{4}$", words, re.MULTILINE))


def test_the_platform_hands_the_statement_over_and_is_read_back(
    programme: Programme, juniper: Juniper, decided: MadeCase
) -> None:
    send(programme, decided)

    services.carry_statements()

    (words,) = notices(juniper)
    (given,) = queries.statements_in(decided.id, programme.desk("ines"))
    assert "Something you posted was removed." in words
    assert (given.account, given.delivery, given.opened) == (STRANGER, Delivery.FINISHED, False)
    assert given.act_record is not None
    assert given.act_record.result is Result.DONE_AND_CHECKED
    assert given.act_record.read_back_at is not None


def test_its_owner_reads_it_and_appeals_with_the_code_that_came(
    programme: Programme, juniper: Juniper, decided: MadeCase
) -> None:
    send(programme, decided)
    services.carry_statements()
    code = code_in(notices(juniper)[0])

    view = services.open_statement(code)
    receipt = services.appeal_as_acted_on(code, plea(), nonce=bytes(32))

    assert (view.asks, view.opened_at) == (Asks.MAY, None)
    assert [row.id for row in queries.queue_for(programme.desk("idris"))] == [receipt.appeal_id]


def test_nobody_here_can_read_its_code(programme: Programme, juniper: Juniper, decided: MadeCase) -> None:
    """Not whoever wrote it, not what they see afterwards, and not the whole database once it went."""
    send(programme, decided)
    services.carry_statements()
    code = code_in(notices(juniper)[0])

    seen = repr(cases.case_for(decided.id, programme.desk("ines")))
    seen += repr(queries.statements_in(decided.id, programme.desk("ines")))

    assert not any(line in seen for line in code.lines)
    assert code.digits not in seen
    assert [bytes(row.sealed_parcel) for row in StatementNotice.objects.all()] == [b""]


def test_a_form_sent_twice_is_one_statement_with_one_notice(
    programme: Programme, juniper: Juniper, decided: MadeCase
) -> None:
    key = new_id()

    for _ in range(2):
        send(programme, decided, key=key)
    services.carry_statements()

    assert len(notices(juniper)) == Statement.objects.count() == 1


@pytest.mark.parametrize("handle", ["amina", "@Amina", "amina:juniper.example"])
def test_it_is_never_sent_to_whoever_wrote_to_us(programme: Programme, decided: MadeCase, handle: str) -> None:
    with pytest.raises(Refused) as refusal:
        send(programme, decided, AccountRef("juniper-square", handle))

    assert refusal.value.code == "statement.to-the-reporter"
    assert not Statement.objects.exists()


def test_an_account_that_is_not_there_is_told_truly(programme: Programme, time: Clock, decided: MadeCase) -> None:
    send(programme, decided, AccountRef("juniper-square", "nobody.at.all"))

    for _ in range(3):
        services.carry_statements()
        time.move(timedelta(minutes=5))

    (given,) = queries.statements_in(decided.id, programme.desk("ines"))
    assert given.delivery is Delivery.FINISHED
    assert given.act_record is not None
    assert given.act_record.result is Result.NOT_DONE


def test_what_a_stopped_service_took_with_it_reads_as_not_confirmed(programme: Programme, decided: MadeCase) -> None:
    send(programme, decided)
    outbox.retire()

    services.mark_lost_statements()

    (given,) = queries.statements_in(decided.id, programme.desk("ines"))
    assert (given.delivery, given.act_record) == (Delivery.LOST, None)


def test_whoever_cannot_open_the_case_sends_nothing_and_sees_nothing(programme: Programme, decided: MadeCase) -> None:
    with pytest.raises(NotAllowed):
        services.send_statement(decided.id, SAID, STRANGER, programme.desk("idris"), key=new_id(), language="en")
    with pytest.raises(NotAllowed):
        queries.statements_in(decided.id, programme.desk("idris"))
