"""Nobody's keys are taken while they alone can open something, unless two people type that it may be lost."""

from uuid import UUID

import pytest

from safeconduct.accounts import queries, services
from safeconduct.accounts.queries import OpenedAlone
from safeconduct.audit import queries as audit
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind
from safeconduct.vault import services as vault
from tests.accounts.test_coming_and_going import join, sign
from tests.programme import Programme

ACTS = (services.remove_member, services.replace_lost_passphrase)


@pytest.fixture
def alone(programme: Programme) -> UUID:
    """Return Ines, who shares her team with Nura and alone can open one case and one demand."""
    ines = programme.member_id("ines")
    sign(programme, join(programme).member_id)
    services.share_team_keys(by=programme.desk("ines"))
    for kind in (EnvelopeKind.WORK, EnvelopeKind.CONVERSATION, EnvelopeKind.DEMAND):
        kept(kind, ines)
    return ines


def kept(kind: EnvelopeKind, *people: UUID) -> UUID:
    envelope = new_id()
    vault.wrap(envelope, kind, to=[queries.person_recipient(one) for one in people], reporter=None, by=OPERATOR)
    return envelope


def agreed(programme: Programme, word: str = services.UNREADABLE) -> services.Agreement:
    return services.Agreement(programme.desk("chiara"), programme.founded.person("chiara").passphrase, word)


@pytest.mark.parametrize("act", ACTS)
def test_whoever_alone_opens_something_keeps_their_keys(programme: Programme, alone: UUID, act: type) -> None:
    with pytest.raises(Refused, match="alone can open") as refusal:
        act(alone, by=programme.desk("leyla"))

    assert refusal.value.code == "member.reads-alone"
    assert queries.opened_by_them_alone(alone) == OpenedAlone(cases=1, others=1)
    assert queries.person_recipient(alone)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("lead", "custodian"), [("", services.UNREADABLE), (services.UNREADABLE, ""), ("yes", "yes")])
def test_one_of_the_two_words_loses_nothing(
    programme: Programme, alone: UUID, act: type, lead: str, custodian: str
) -> None:
    with pytest.raises(Refused, match="alone can open"):
        act(alone, by=programme.desk("leyla"), agreement=agreed(programme, custodian), word=lead)

    assert queries.opened_by_them_alone(alone)


@pytest.mark.parametrize("act", ACTS)
def test_both_words_let_go_of_somebody_lost_and_both_stand_in_the_record(
    programme: Programme, alone: UUID, act: type
) -> None:
    act(alone, by=programme.desk("leyla"), agreement=agreed(programme), word=services.UNREADABLE)

    left = [one for one in audit.entries_for(alone) if one.action == "member.left-unreadable"]
    assert len({str(one.by) for one in left}) == 2


def test_the_words_count_only_from_a_custodian_who_is_not_concerned(programme: Programme, alone: UUID) -> None:
    by_ines = services.Agreement(programme.desk("ines"), "her words", services.UNREADABLE)

    with pytest.raises(NotAllowed):
        services.remove_member(alone, by=programme.desk("leyla"), agreement=by_ines, word=services.UNREADABLE)


def test_what_a_second_person_opens_holds_nobody_back(programme: Programme) -> None:
    ines = programme.member_id("ines")
    sign(programme, join(programme).member_id)
    services.share_team_keys(by=programme.desk("ines"))
    kept(EnvelopeKind.WORK, ines, programme.member_id("idris"))

    services.remove_member(ines, by=programme.desk("leyla"))

    assert queries.opened_by_them_alone(programme.member_id("idris")) == OpenedAlone(1, 0)


def test_a_colleague_whose_way_in_was_closed_is_no_second_reader(programme: Programme) -> None:
    ines, idris = programme.member_id("ines"), programme.member_id("idris")
    kept(EnvelopeKind.WORK, ines, idris)
    services.replace_lost_passphrase(idris, by=programme.desk("leyla"))

    with pytest.raises(Refused, match="alone can open"):
        services.replace_lost_passphrase(ines, by=programme.desk("leyla"))
