"""Promises about securing an account on one colleague's word alone: what does not end by itself takes a second."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from safeconduct.connectors.port import AccountRef, ActKind, Capability
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import protection, restraining, writing_down
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.safety.platform import THE_HANDLE, THE_STRANGER, FakePlatform
from tests.domains.safety.worked import connected
from tests.programme import Programme

HERS = AccountRef("juniper-square", THE_HANDLE)
PROTECTED = AccountNamed("juniper-square", THE_HANDLE, mine=True)


@pytest.fixture
def platform() -> Iterator[FakePlatform]:
    with connected() as fake:
        yield fake


@pytest.fixture
def twice(programme: Programme, platform: FakePlatform) -> MadeCase:
    """A case about an account that another open case asks to protect too."""
    make_case(programme, stage=Stage.TRIAGE, accounts=(PROTECTED,))
    return make_case(programme, stage=Stage.TRIAGE, accounts=(PROTECTED,))


def secure(programme: Programme, made: MadeCase, name: str, bundle: Bundle = Bundle.SECURE_NOW) -> UUID:
    desk = programme.desk(name)
    return protection.order(
        made.id,
        account=HERS,
        bundle=bundle,
        proofs={Proof.RESPONDER_CHECK},
        who_else_sees=WhoElse.UNKNOWN,
        reason="She read me the last three sign-ins.",
        cost_shown=protection.cost(made.id, HERS, bundle, desk).shown,
        desk=desk,
        key=new_id(),
    )


def came_of(programme: Programme, made: MadeCase, order: UUID) -> dict[str, str]:
    safety.carry_out()
    act = next(act for act in queries.case_for(made.id, programme.desk("ines")).acts if act.id == order)
    return {step.act.value: step.status.value for step in act.steps}


ALONE = {
    "account.lock": "done-and-checked",
    "sessions.revoke": "done-and-checked",
    "tokens.revoke": "done-and-checked",
    "credentials.freeze": "held",
    "contact.freeze": "held",
}


def test_what_another_case_protects_one_colleague_alone_locks_only_for_a_while(
    programme: Programme, platform: FakePlatform, twice: MadeCase
) -> None:
    assert came_of(programme, twice, secure(programme, twice, "ines")) == ALONE
    assert platform.locked_until is not None


def test_a_second_colleagues_check_carries_the_rest(
    programme: Programme, platform: FakePlatform, twice: MadeCase
) -> None:
    secure(programme, twice, "ines")

    both = came_of(programme, twice, secure(programme, twice, "leyla"))

    assert set(both.values()) == {"done-and-checked"}


def test_whoever_wrote_an_account_down_is_never_the_only_one_who_checked_it(
    programme: Programme, platform: FakePlatform
) -> None:
    made = make_case(programme, stage=Stage.TRIAGE, accounts=())
    writing_down.write_down(made.id, made.report_id, HERS, source="First message", desk=programme.desk("ines"))

    assert came_of(programme, made, secure(programme, made, "ines")) == ALONE
    assert set(came_of(programme, made, secure(programme, made, "leyla")).values()) == {"done-and-checked"}


@pytest.mark.parametrize("bundle", [Bundle.SECURE_NOW, Bundle.HIDE])
def test_where_nothing_ends_by_itself_one_colleagues_check_is_kept_and_nothing_is_done(
    programme: Programme, platform: FakePlatform, twice: MadeCase, bundle: Bundle
) -> None:
    platform.offered -= {Capability.ACCOUNT_LOCK_UNTIL}

    for _again in range(2):
        with pytest.raises(Refused, match="a second colleague must check too"):
            secure(programme, twice, "ines", bundle)

    assert came_of(programme, twice, secure(programme, twice, "leyla", bundle)).keys()
    assert platform.performed


def test_the_same_colleague_gives_no_second_proof_and_orders_no_more_as_the_reporter(
    programme: Programme, platform: FakePlatform, twice: MadeCase
) -> None:
    order = secure(programme, twice, "ines")
    safety.carry_out()
    shown = protection.cost_for_reporter(twice.report_id, HERS, Bundle.HIDE, ring=twice.ring, by=twice.reporter).shown

    with pytest.raises(Refused, match="second proof"):
        protection.confirm(
            twice.id, order, reason="I checked.", desk=programme.desk("ines"), proofs={Proof.RESPONDER_CHECK}
        )
    with pytest.raises(Refused):
        protection.order_by_reporter(
            twice.report_id,
            account=HERS,
            bundle=Bundle.HIDE,
            who_else_sees=WhoElse.UNKNOWN,
            reason="",
            cost_shown=shown,
            key=new_id(),
            ring=twice.ring,
            by=twice.reporter,
        )


@pytest.mark.parametrize("others", [0, 1])
def test_a_key_that_belongs_to_another_case_is_refused_alike_whatever_is_known_of_the_account(
    programme: Programme, platform: FakePlatform, others: int
) -> None:
    attacker, used, desk = AccountNamed("juniper-square", THE_STRANGER, mine=False), new_id(), programme.desk("ines")
    one, two = (make_case(programme, stage=Stage.TRIAGE, accounts=(attacker,)) for _ in range(2))
    against = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", THE_STRANGER))
    guess = Restraint(ActKind.SESSIONS_REVOKE, HERS)
    shown = restraining.cost(one.id, against, desk).shown
    restraining.order(one.id, against, reason="It threatens.", cost_shown=shown, desk=desk, key=used)
    for _ in range(others):
        make_case(programme, stage=Stage.TRIAGE, accounts=(PROTECTED,))

    shown = restraining.cost(two.id, guess, desk).shown
    with pytest.raises(NotAllowed):
        restraining.order(two.id, guess, reason="It threatens.", cost_shown=shown, desk=desk, key=used)
