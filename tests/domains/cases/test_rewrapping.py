"""Promises about cases when people leave or lose their words."""

import secrets

import pytest

from safeconduct.accounts import queries as accounts
from safeconduct.accounts import services
from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import intake, rewrapping, work
from safeconduct.domains.cases.values import ANONYMOUS
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import CaseCode
from safeconduct.vault import queries as vault
from safeconduct.vault.models import Wrap
from tests.accounts.test_coming_and_going import again, come_in, forgotten_an_hour_later, join, sign
from tests.damage import damage
from tests.domains.cases.making import ANSWERS, make_case, partner_origin
from tests.domains.cases.test_exclusions import opens
from tests.programme import CHEAP, LISBON, PARTNER_NAME, Programme


def test_a_new_team_key_opens_the_cases_that_waited_under_the_old_one(programme: Programme) -> None:
    made = make_case(programme)
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))

    assert work.rewrap_waiting(programme.desk("ines")) == 1

    assert forgotten_an_hour_later() == 1
    assert accounts.superseded_keys() == {}
    assert opens(programme, "ines", made.id)
    assert {str(each) for each in queries.case_for(made.id, programme.desk("ines")).people} >= {"Lisbon team", "Leads"}
    assert work.rewrap_waiting(programme.desk("ines")) == 0


def test_a_case_that_does_not_open_stops_none_of_the_others(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrapping, "AT_ONCE", 1)
    bad, good = (Case.objects.get(pk=each) for each in sorted(make_case(programme).id for _ in range(2)))
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))
    for wrap in Wrap.objects.filter(envelope=bad.work):
        damage(wrap)

    assert work.rewrap_waiting(programme.desk("ines")) == 1

    stale = vault.wrapped_to(accounts.keys_to_leave())
    assert [*Case.objects.filter(work__in=stale)] == [bad]
    assert opens(programme, "ines", good.id)


def test_wrapping_anew_still_obeys_the_exclusions(programme: Programme) -> None:
    made = make_case(programme, exclusions=Exclusions(person="Idris"))
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))

    work.rewrap_waiting(programme.desk("leyla"))

    assert not opens(programme, "idris", made.id)
    assert opens(programme, "ines", made.id)


def test_a_case_whose_holder_left_goes_back_to_be_taken(programme: Programme) -> None:
    nura = join(programme)
    sign(programme, nura.member_id)
    services.share_team_keys(by=programme.desk("ines"))
    made = make_case(programme)
    work.take_case(made.id, again(nura))
    services.remove_member(nura.member_id, by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))

    work.rewrap_waiting(programme.desk("leyla"))

    row = queries.queue_for(programme.desk("ines"), "open")[0]
    assert (row.case_id, row.assignee_id, row.stage) == (made.id, None, Stage.TRIAGE)
    work.take_case(made.id, programme.desk("ines"))


def test_a_lost_passphrase_costs_no_case(programme: Programme) -> None:
    made = make_case(programme, stage=Stage.TRIAGE)
    words = services.replace_lost_passphrase(programme.member_id("ines"), by=programme.desk("leyla"))
    ines = services.accept_invitation(words, work=CHEAP)
    come_in(ines)
    sign(programme, ines.member_id)

    with pytest.raises(NotAllowed):
        queries.case_for(made.id, again(ines))
    work.rewrap_waiting(programme.desk("leyla"))

    assert queries.case_for(made.id, again(ines)).assignee == "Ines"


def test_a_partner_s_new_key_opens_its_conversations_once_one_of_them_was_here(programme: Programme) -> None:
    made = make_case(programme, origin=partner_origin(programme))
    services.rekey_team(programme.partner_id, by=programme.desk("leyla"))
    sign(programme, programme.team_id(PARTNER_NAME))
    tomas = programme.desk("tomas")

    assert work.rewrap_waiting(tomas) == 1

    readers = queries.conversation_for(made.report_id, made.ring).who_can_read
    assert PARTNER_NAME in {str(each) for each in readers}
    assert work.rewrap_waiting(programme.desk("tomas")) == 0
    assert queries.conversation_for(made.report_id, tomas.ring).reference == "HH-7"


def test_a_report_under_way_while_the_key_was_replaced_is_never_left_to_nobody(programme: Programme) -> None:
    nonce = secrets.token_bytes(32)
    arrival = intake._prepared(ANSWERS, nonce, CaseCode.from_nonce(nonce), (), ANONYMOUS, of_draft=False)
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    sign(programme, programme.team_id(LISBON))
    work.rewrap_waiting(programme.desk("ines"))
    gone_at_once = services.forget_superseded()

    case_id = intake._file(arrival).case_id

    assert (gone_at_once, forgotten_an_hour_later()) == (0, 0)
    assert opens(programme, "ines", case_id)
    assert work.rewrap_waiting(programme.desk("ines")) == 1
    assert forgotten_an_hour_later() == 1
    assert opens(programme, "ines", case_id)
