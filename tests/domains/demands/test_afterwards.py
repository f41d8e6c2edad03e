"""What becomes of a demand when its handler leaves, when silence lasts, when the file was lost, and when years pass."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.services import conversation, erasing
from safeconduct.domains.demands import queries, rules, services
from safeconduct.domains.demands.models import Demand, Silence
from safeconduct.domains.demands.rules import Found, Stage, Step
from safeconduct.domains.demands.services import keeping
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import ledger
from safeconduct.vault.models import Envelope
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.demands.making import LATER, READING, SILENT, STEPS, WORDS, first_words, log, proposed
from tests.programme import Programme
from tests.standing import Clock


def approved(programme: Programme, made: MadeCase, steps: dict[Step, Found] = STEPS) -> UUID:
    demand_id = proposed(made, programme.desk("ines"), steps)
    services.approve(demand_id, programme.desk("leyla"))
    return demand_id


def refused_with(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def letters_to(made: MadeCase) -> list[str]:
    return [letter.text for letter in cases.conversation_for(made.report_id, made.ring).messages]


@pytest.fixture
def made(programme: Programme, time: Clock) -> MadeCase:
    return make_case(programme, stage=CaseStage.CLOSED)


def test_a_lead_takes_over_what_somebody_left_and_tells_the_people(programme: Programme, made: MadeCase) -> None:
    demand_id = approved(programme, made, SILENT)
    services.hand_over(demand_id, programme.desk("ines"), ask_again_on=LATER)
    refused_with("demand.not-yours", lambda: services.tell(demand_id, WORDS, programme.desk("leyla")))

    services.take_over(demand_id, programme.desk("leyla"))
    services.tell(demand_id, WORDS, programme.desk("leyla"))

    assert letters_to(made)[-1] == WORDS
    assert "demand.taken-over" in [entry.action for entry in audit.entries_for(demand_id)]
    with pytest.raises(NotAllowed):
        queries.demand_for(demand_id, programme.desk("ines"))


def test_an_approval_does_not_outlive_a_change_of_hands(programme: Programme, made: MadeCase) -> None:
    demand_id = approved(programme, made)

    services.take_over(demand_id, programme.desk("leyla"))

    view = queries.demand_for(demand_id, programme.desk("leyla"))
    assert (view.stage, view.second_name, view.mine) == (Stage.LOGGED, "", True)
    refused_with("demand.not-approved", lambda: services.hand_over(demand_id, programme.desk("leyla"), words=WORDS))


def test_only_a_lead_takes_a_demand_over(programme: Programme, made: MadeCase) -> None:
    demand_id = log(programme.desk("leyla"))

    for name in ("ines", "tomas"):
        with pytest.raises(NotAllowed):
            services.take_over(demand_id, programme.desk(name))


def test_a_case_whose_people_wait_to_be_told_is_not_erased(programme: Programme, made: MadeCase, time: Clock) -> None:
    demand_id = approved(programme, made, SILENT)
    services.hand_over(demand_id, programme.desk("ines"), ask_again_on=LATER)
    time.move(timedelta(days=401))
    programme.cookies.clear()
    assert erasing.erase_due() == 0

    services.tell(demand_id, WORDS, programme.desk("ines"))

    assert letters_to(made)[-1] == WORDS
    assert not Silence.objects.exists()
    assert erasing.erase_due() == 1


def test_those_who_are_left_are_told_and_the_demand_says_who_is_gone(
    programme: Programme, made: MadeCase, time: Clock
) -> None:
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    other = make_case(programme, stage=CaseStage.ACTING)
    services.consider(demand_id, STEPS, READING, desk)
    for each in (made, other):
        services.choose(demand_id, each.id, [first_words(demand_id, each, desk)], desk)
    time.move(timedelta(days=401))
    assert erasing.erase_due() == 1
    programme.cookies.clear()

    services.refuse(demand_id, "The order has lapsed.", programme.desk("ines"), words=WORDS)

    assert letters_to(other)[-1] == WORDS
    assert queries.demand_for(demand_id, programme.desk("ines")).kept.gone == (Case.objects.get(pk=made.id).number,)


def test_the_file_that_left_is_saved_again_to_the_byte_while_it_can_be(programme: Programme, made: MadeCase) -> None:
    demand_id = approved(programme, made)
    refused_with("demand.nothing-left", lambda: services.hand_over_again(demand_id, programme.desk("ines")))
    content = services.hand_over(demand_id, programme.desk("ines"), words=WORDS)

    assert services.hand_over_again(demand_id, programme.desk("ines")) == content

    refused_with("demand.not-yours", lambda: services.hand_over_again(demand_id, programme.desk("leyla")))
    assert "demand.saved-again" in [entry.action for entry in audit.entries_for(demand_id)]


def test_what_changed_since_it_left_is_not_given_out_as_what_left(programme: Programme, time: Clock) -> None:
    made, desk = make_case(programme, stage=CaseStage.ACTING), programme.desk("ines")
    letter = conversation.say(made.report_id, "They came at ten.", ring=made.ring, by=made.reporter, key=new_id())
    demand_id = log(desk)
    services.consider(demand_id, STEPS, READING, desk)
    services.choose(demand_id, made.id, [letter], desk)
    services.propose(demand_id, desk)
    services.approve(demand_id, programme.desk("leyla"))
    services.hand_over(demand_id, programme.desk("ines"), words=WORDS)
    conversation.forget(letter, ring=made.ring, by=made.reporter)

    refused_with("demand.file-gone", lambda: services.hand_over_again(demand_id, programme.desk("ines")))


def test_no_more_is_proposed_than_one_file_can_hold(
    programme: Programme, made: MadeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, demand_id = programme.desk("ines"), log(programme.desk("ines"))
    services.consider(demand_id, STEPS, READING, desk)
    services.choose(demand_id, made.id, [first_words(demand_id, made, desk)], desk)
    monkeypatch.setattr(rules, "MOST_BYTES", 10)

    refused_with("demand.too-big", lambda: services.propose(demand_id, desk))


def refused(programme: Programme) -> UUID:
    demand_id = log(programme.desk("ines"))
    services.consider(demand_id, STEPS, "", programme.desk("ines"))
    services.refuse(demand_id, "You name no order.", programme.desk("ines"))
    return demand_id


def test_an_ended_demand_is_destroyed_as_late_as_the_case_that_is_kept_longest(
    programme: Programme, time: Clock
) -> None:
    demand_id = refused(programme)
    envelope = Demand.objects.get().envelope
    still_open = log(programme.desk("ines"))

    time.move(timedelta(days=399))
    assert keeping.erase_due() == 0
    time.move(timedelta(days=2))
    assert keeping.erase_due() == 1

    assert [*Demand.objects.values_list("id", flat=True)] == [still_open]
    assert not Envelope.objects.filter(pk=envelope).exists()
    lines = ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes())
    assert {envelope, demand_id} <= {each for line in lines for each in line.ids}


def test_a_demand_of_which_people_wait_to_be_told_is_kept(programme: Programme, made: MadeCase, time: Clock) -> None:
    services.hand_over(approved(programme, made, SILENT), programme.desk("ines"), ask_again_on=LATER)

    time.move(timedelta(days=4000))

    assert keeping.erase_due() == 0


def test_a_restored_backup_loses_a_destroyed_demand_again(programme: Programme, time: Clock) -> None:
    refused(programme)
    envelope = Demand.objects.get().envelope

    keeping.forget_destroyed([envelope])

    assert not Demand.objects.exists()


def test_the_oldest_open_demand_is_shown_however_long_the_register_grows(
    programme: Programme, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    still_open = log(programme.desk("ines"))
    time.move(timedelta(minutes=5))
    refused(programme)
    monkeypatch.setattr(queries, "MOST_ROWS", 1)

    assert [row.id for row in queries.demands_for(programme.desk("ines"))] == [still_open]
