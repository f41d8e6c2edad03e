"""Promises about an account that a reporter named only in words, and that a colleague writes down."""

from collections.abc import Iterator

import pytest

from safeconduct.audit import queries as audit
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.papers import Told
from safeconduct.domains.cases.queries.general import packet_of
from safeconduct.domains.cases.rules import OriginKind, Part, Stage
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services import protection, writing_down
from safeconduct.domains.cases.values import Consent
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, StepStatus, WhoElse
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.domains.safety.worked import connected
from tests.programme import Programme

HERS = AccountRef("juniper-square", THE_HANDLE)
SOURCE = "She writes it in her first message."


@pytest.fixture
def platform(programme: Programme) -> Iterator[FakePlatform]:
    with connected() as fake:
        yield fake


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.TRIAGE, accounts=())


def write(programme: Programme, made: MadeCase, account: AccountRef = HERS, who: str = "ines") -> None:
    writing_down.write_down(made.id, made.report_id, account, source=SOURCE, desk=programme.desk(who))


def secure(programme: Programme, made: MadeCase, proofs: set[Proof]) -> None:
    desk = programme.desk("ines")
    shown = protection.cost(made.id, HERS, Bundle.SECURE_NOW, desk).shown
    protection.order(
        made.id,
        account=HERS,
        bundle=Bundle.SECURE_NOW,
        proofs=proofs,
        who_else_sees=WhoElse.UNKNOWN,
        reason="She read me the last sign-ins.",
        cost_shown=shown,
        desk=desk,
        key=new_id(),
    )


@pytest.mark.usefixtures("platform")
def test_an_account_written_down_is_secured_like_one_that_was_named(programme: Programme, made: MadeCase) -> None:
    write(programme, made, AccountRef("juniper-square", f"\u200f{THE_HANDLE} "))

    secure(programme, made, {Proof.RESPONDER_CHECK})
    safety.carry_out()

    mine = queries.conversation_for(made.report_id, made.ring)
    assert mine.acts[0].steps[0].status is StepStatus.DONE_AND_CHECKED
    assert mine.acts == queries.case_for(made.id, programme.desk("ines")).acts


@pytest.mark.usefixtures("platform")
def test_writing_an_account_down_proves_nothing(programme: Programme, made: MadeCase) -> None:
    write(programme, made)

    with pytest.raises(Refused, match="Nobody has shown yet"):
        secure(programme, made, set())


@pytest.mark.usefixtures("platform")
def test_the_work_file_and_the_reporter_say_who_wrote_an_account_down_and_when(
    programme: Programme, made: MadeCase
) -> None:
    write(programme, made)

    desk = programme.desk("ines")
    note = queries.case_for(made.id, desk).notes[-1]
    seen = queries.conversation_for(made.report_id, made.ring).accounts
    assert (note.kind, note.by_name) == ("account-written", desk.display_name)
    assert note.text == f"{THE_HANDLE} (juniper-square)\n{SOURCE}"
    assert [(one.handle, one.written_by, one.written_at) for one in seen] == [(THE_HANDLE, desk.display_name, note.at)]
    assert Deed.REPORT_ACCOUNT_WRITTEN in [entry.action for entry in audit.entries_for(made.report_id)]


@pytest.mark.usefixtures("platform")
def test_an_account_written_down_is_taken_back_and_both_stay_in_the_work_file(
    programme: Programme, made: MadeCase
) -> None:
    write(programme, made)

    writing_down.take_back(made.id, made.report_id, HERS, programme.desk("ines"))

    assert queries.conversation_for(made.report_id, made.ring).accounts == ()
    kinds = [note.kind for note in queries.case_for(made.id, programme.desk("ines")).notes]
    assert kinds[-2:] == ["account-written", "account-back"]
    with pytest.raises(NotAllowed):
        writing_down.take_back(made.id, made.report_id, HERS, programme.desk("ines"))


@pytest.mark.usefixtures("platform")
def test_an_account_stays_while_something_done_to_it_stands(programme: Programme, made: MadeCase) -> None:
    write(programme, made)
    secure(programme, made, {Proof.RESPONDER_CHECK})
    safety.carry_out()

    with pytest.raises(Refused, match="still stands"):
        writing_down.take_back(made.id, made.report_id, HERS, programme.desk("ines"))


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("named", ["", "nobody-of-this-name", THE_HANDLE.upper()])
def test_an_account_without_a_name_unknown_there_or_named_already_is_not_written_down(
    programme: Programme, made: MadeCase, named: str
) -> None:
    if named:
        write(programme, made)

    with pytest.raises(Refused):
        write(programme, made, AccountRef("juniper-square", named))


def test_a_silent_platform_does_not_keep_an_account_from_being_written_down(
    programme: Programme, made: MadeCase, platform: FakePlatform
) -> None:
    platform.silent = True

    kept = writing_down.write_down(made.id, made.report_id, HERS, source=SOURCE, desk=programme.desk("ines"))

    assert not kept.looked
    assert queries.conversation_for(made.report_id, made.ring).accounts


@pytest.mark.usefixtures("platform")
def test_only_whoever_works_on_the_case_writes_an_account_down(programme: Programme, made: MadeCase) -> None:
    other = make_case(programme, stage=Stage.TRIAGE, accounts=())

    with pytest.raises(NotAllowed):
        write(programme, made, who="tomas")
    with pytest.raises(NotAllowed):
        writing_down.write_down(made.id, other.report_id, HERS, source=SOURCE, desk=programme.desk("ines"))


@pytest.mark.usefixtures("platform")
def test_what_staff_wrote_down_never_goes_to_the_general_queue(programme: Programme, made: MadeCase) -> None:
    write(programme, made)
    view = queries.conversation_for(made.report_id, made.ring)
    yes = Consent((Part.ACCOUNTS,), "May we?", "Ines", clock.now(), agreed=True)

    assert view.accounts
    assert packet_of(Told(view.answers, OriginKind.ANONYMOUS), yes).accounts == ()
