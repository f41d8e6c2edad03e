"""The road of one identity: enrolled, asked for, approved by one of each bench, read once, shown to the defender."""

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases.queries import identities as queries
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import queries as defenders
from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.models import Asking, Call
from safeconduct.domains.defenders.rules import HOUR, Stage
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import make_case
from tests.domains.defenders.making import CONTACT, NAME, REASON, TOLD, approved, ask, enrol
from tests.programme import Programme
from tests.standing import Clock


def test_one_of_each_bench_opens_an_identity_for_whoever_asked(programme: Programme) -> None:
    enrolled = enrol(programme)

    read = services.read_once(approved(enrolled), by=programme.desk("ines"))

    assert (read.names, read.contacts, read.pseudonym) == (NAME, CONTACT, enrolled.pseudonym)
    assert [each.number for each in read.cases] == [enrolled.case.receipt.number]


def test_an_identity_is_read_once(programme: Programme) -> None:
    enrolled = enrol(programme)
    asking = approved(enrolled)
    services.read_once(asking, by=programme.desk("ines"))

    with pytest.raises(Refused) as refusal:
        services.read_once(asking, by=programme.desk("ines"))

    assert refusal.value.code == "asking.over"
    assert services.read_once(approved(enrolled), by=programme.desk("ines")).names == NAME


@pytest.mark.parametrize("custodians", [(), ("chiara",), ("kofi",)])
def test_nothing_is_read_before_both_benches_approved(programme: Programme, custodians: tuple[str, ...]) -> None:
    asking = ask(enrol(programme))
    for one in custodians:
        services.approve(asking, by=programme.desk(one))

    with pytest.raises(Refused) as refusal:
        services.read_once(asking, by=programme.desk("ines"))

    assert refusal.value.code == "asking.not-approved"


def test_two_custodians_of_one_bench_approve_once(programme: Programme) -> None:
    asking = ask(enrol(programme))
    services.approve(asking, by=programme.desk("chiara"))

    with pytest.raises(Refused) as refusal:
        services.approve(asking, by=programme.desk("yara"))

    assert refusal.value.code == "asking.approved"


def test_only_who_asked_reads(programme: Programme) -> None:
    asking = approved(enrol(programme))

    for other in ("leyla", "idris"):
        with pytest.raises(NotAllowed):
            services.read_once(asking, by=programme.desk(other))


@pytest.mark.parametrize("who", ["chiara", "joon", "tomas"])
def test_neither_a_custodian_nor_a_partner_asks(programme: Programme, who: str) -> None:
    enrolled = enrol(programme)

    with pytest.raises((NotAllowed, Refused)):
        ask(enrolled, who)


@pytest.mark.parametrize("who", ["ines", "leyla", "tomas"])
def test_whoever_sits_on_no_bench_approves_nothing(programme: Programme, who: str) -> None:
    asking = ask(enrol(programme), "idris")

    with pytest.raises(NotAllowed):
        services.approve(asking, by=programme.desk(who))


def test_a_refused_asking_is_over_and_what_was_handed_is_gone(programme: Programme) -> None:
    asking = ask(enrol(programme))
    services.approve(asking, by=programme.desk("chiara"))
    services.refuse(asking, by=programme.desk("joon"))

    with pytest.raises(Refused):
        services.approve(asking, by=programme.desk("kofi"))
    with pytest.raises(Refused):
        services.read_once(asking, by=programme.desk("ines"))


def test_a_withdrawn_asking_cannot_be_read(programme: Programme) -> None:
    asking = approved(enrol(programme))
    services.withdraw(asking, by=programme.desk("ines"))

    with pytest.raises(Refused):
        services.read_once(asking, by=programme.desk("ines"))


def test_an_asking_lapses_after_its_hours(programme: Programme, time: Clock) -> None:
    enrolled = enrol(programme)
    asking = approved(enrolled)
    time.move(services.ASKING_LASTS + HOUR)
    programme.cookies.clear()

    with pytest.raises(Refused):
        services.read_once(asking, by=programme.desk("ines"))
    assert services.tidy_askings() == 1
    assert enrolled.known().askings[0].stage is Stage.LAPSED


def test_nothing_kept_of_an_asking_tells_the_minute_of_it(programme: Programme, time: Clock) -> None:
    ask(enrol(programme))
    services.send_waiting_calls(lambda _member: True)

    asking, called = Asking.objects.get(), {each.next_at for each in Call.objects.all()}

    assert (asking.asked_at.minute, asking.lapses_at.minute) == (0, 0)
    assert asking.lapses_at - time.now >= services.ASKING_LASTS
    assert {each.minute for each in called} == {30}


def test_the_defender_sees_who_asked_why_who_approved_and_that_it_was_read(programme: Programme) -> None:
    enrolled = enrol(programme)
    services.read_once(approved(enrolled), by=programme.desk("ines"))

    known = queries.known_to_reporter(enrolled.case.report_id, enrolled.case.ring)

    assert known is not None
    [shown] = known.askings
    assert (shown.asker, shown.reason, shown.approved_by, shown.was_read) == ("Ines", REASON, ("Chiara", "Kofi"), True)


def test_a_defender_enrols_without_any_of_us_reading_it(programme: Programme) -> None:
    case = enrol(programme).case
    other = enrol_oneself(programme)

    assert other.known is not None
    assert other.known.pseudonym
    assert case.report_id != other.report_id


def enrol_oneself(programme: Programme) -> queries.ReporterKnown:
    case = make_case(programme)
    identities.enrol_oneself(case.report_id, TOLD, ring=case.ring, by=case.reporter)
    [reporter] = queries.reporters_of(case.id, programme.desk("ines")).reporters
    return reporter


def test_nobody_is_enrolled_without_consent(programme: Programme) -> None:
    with pytest.raises(Refused) as refusal:
        enrol_with(programme, services.Told(NAME, CONTACT, " "))

    assert refusal.value.code == "identity.no-consent"


def enrol_with(programme: Programme, told: services.Told) -> str:
    case = make_case(programme, stage=CaseStage.TRIAGE)
    return identities.enrol(case.id, case.report_id, told, programme.desk("ines"))


def test_an_identity_is_reached_from_its_case_only_by_who_opens_the_case(programme: Programme) -> None:
    enrolled = enrol(programme)

    with pytest.raises(NotAllowed):
        queries.reporters_of(enrolled.case.id, programme.desk("idris"))
    assert enrolled.known("leyla").pseudonym == enrolled.pseudonym


def test_every_step_stands_in_the_record_under_opaque_ids(programme: Programme) -> None:
    enrolled = enrol(programme)
    services.read_once(approved(enrolled), by=programme.desk("ines"))

    told = [entry.action for entry in audit.entries_for(enrolled.known().identity_id)]

    # Two of them wait for midnight, in an order of chance.
    waiting = ["identity.asked", "identity.enrolled"]
    at_once = ["identity.approved", "identity.approved", "vault.identity-opened", "identity.read"]
    assert (sorted(set(told) & set(waiting)), [each for each in told if each not in waiting]) == (waiting, at_once)


def test_the_asker_waits_for_both_benches_and_each_bench_sees_the_reason(programme: Programme) -> None:
    ask(enrol(programme))

    [waiting] = defenders.waiting_for(programme.desk("joon"))

    assert (waiting.asker, waiting.reason) == ("Ines", REASON)
    assert defenders.waiting_for(programme.desk("leyla")) == ()
    assert [each.waits for each in defenders.own_askings_for(programme.desk("ines"))] == [True]
