"""Of appeals and of authorities' demands a stolen folder reads nothing; one person's secrets read what is theirs."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from safeconduct.domains.demands import services as demands
from safeconduct.domains.demands.rules import Demanded
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.rules import Conclusion
from safeconduct.domains.remedy.values import Given, Receipt, Ruling
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import MadeCase, make_programme
from tests.domains.demands.making import RECEIVED, STEPS, first_words
from tests.domains.remedy.making import appeal, appeal_with, make_decided, plea, statement
from tests.keys.thief import Thief
from tests.programme import Programme

TOLD, RULED, CONTESTED = "appeal-told", "appeal-ruled", "contest-told"
DEMAND = {"demand-authority", "demand-asked", "demand-reading", "demand-refusal"}
REASONS = "a street and a house number"
EVERYTHING = {TOLD, RULED, CONTESTED, REASONS, *DEMAND}
# Ines decided, wrote the reasons and works on the demand; Idris and Leyla may review appeals, and Leyla leads.
WHO_READS_WHAT = {
    "ines": {REASONS, *DEMAND},
    "idris": {TOLD, RULED, CONTESTED, REASONS},
    "leyla": EVERYTHING,
    "tomas": set(),
    "chiara": set(),
    "kofi": set(),
}


@dataclass
class Stolen:
    """A programme with an appeal of each side and a demand, all of which was carried off."""

    programme: Programme
    folder: Path
    made: MadeCase
    given: Given
    by_acted_on: Receipt

    def thief(self) -> Thief:
        return Thief(self.folder)


@pytest.fixture
def stolen(db: None, data_folder: Path) -> Stolen:
    programme = make_programme()
    made, other = make_decided(programme), make_decided(programme)
    given = statement(programme, other)
    demand(programme, made)
    ruled = Ruling(Conclusion.UPHELD, RULED)
    by_reporter = appeal(made, plea(TOLD))
    services.take_appeal(by_reporter.appeal_id, programme.desk("idris"))
    services.decide_appeal(by_reporter.appeal_id, ruled, programme.desk("idris"))
    return Stolen(programme, data_folder, made, given, appeal_with(given, plea(CONTESTED)))


def demand(programme: Programme, made: MadeCase) -> None:
    ines = programme.desk("ines")
    said = Demanded("demand-authority", "Order 7", "demand-asked", RECEIVED)
    demand_id = demands.log_demand(said, ines, key=new_id())
    demands.consider(demand_id, STEPS, "demand-reading", ines)
    demands.choose(demand_id, made.id, [first_words(demand_id, made, ines)], ines)
    demands.refuse(demand_id, "demand-refusal", ines, words="An authority asked. Nothing left.")


def test_the_whole_folder_alone_reads_nothing_of_appeals_and_demands(stolen: Stolen) -> None:
    assert stolen.thief().learn_everything_lying_about().read(EVERYTHING) == set()


@pytest.mark.parametrize("name", WHO_READS_WHAT)
def test_one_persons_passphrase_reads_the_appeals_and_demands_that_are_theirs_and_no_others(
    stolen: Stolen, name: str
) -> None:
    person = stolen.programme.founded.person(name)

    assert stolen.thief().learn_passphrase(person.passphrase).read(EVERYTHING) == WHO_READS_WHAT[name]


def test_the_code_of_an_appeal_reads_that_appeal_and_no_case_and_no_demand(stolen: Stolen) -> None:
    reporter, acted_on = (stolen.thief() for _ in range(2))

    assert reporter.learn(stolen.made.code.reporter.key).read(EVERYTHING) == {TOLD, RULED}
    assert stolen.by_acted_on.code is not None
    assert acted_on.learn(stolen.by_acted_on.code.reporter.key).read(EVERYTHING) == {CONTESTED, REASONS}


def test_the_code_on_a_statement_reads_the_statement_and_nothing_behind_its_lock(stolen: Stolen) -> None:
    thief = stolen.thief().learn(stolen.given.code.reporter.key)

    assert thief.read(EVERYTHING) == {REASONS}
    assert not [place for place in thief.opened if place.startswith(("inner lock", "remedy_appeal.inner"))]


def test_a_reviewer_who_has_the_code_of_a_statement_as_well_opens_what_is_behind_its_lock(stolen: Stolen) -> None:
    """A thief who could never open the inner lock would prove nothing."""
    thief = stolen.thief().learn(stolen.given.code.reporter.key)

    thief.learn_passphrase(stolen.programme.founded.person("idris").passphrase)

    assert [place for place in thief.opened if place.startswith("inner lock")]


def test_everybodys_secrets_together_read_all_of_it(stolen: Stolen) -> None:
    thief = stolen.thief().learn(stolen.given.code.reporter.key)
    for name in WHO_READS_WHAT:
        thief.learn_passphrase(stolen.programme.founded.person(name).passphrase)

    assert thief.read(EVERYTHING) == EVERYTHING
