"""Whoever steals everything opens nothing; with one person's secrets as well, that person's cases and no others."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from safeconduct.accounts.values import Exclusions
from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.services import intake, protection, work
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Answers, Origin
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from safeconduct.vault import CaseCode, cards, outbox
from safeconduct.vault.streams import SealedWriter
from safeconduct.vault.values import SealedFile
from tests.domains.cases.making import make_programme, partner_origin
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.keys.thief import NO_LOCK, OURS, Thief, sealed_columns
from tests.programme import LEADS, LISBON, NAIROBI, Programme

ACCOUNT = AccountRef("juniper-square", THE_HANDLE)
# Each case has its own words: in the report, in its picture, in the work file, in the reason of an act.
EVERY_CASE = ("waiting", "taken", "notportugal", "notleyla", "partners")
EVERYTHING = {f"{case}-{what}" for case in EVERY_CASE for what in ("told", "picture")} | {"taken-note", "taken-act"}


def of(*cases: str) -> set[str]:
    return {words for words in EVERYTHING if words.split("-")[0] in cases}


# Ines and Idris are of intake, in Portugal and Kenya; Leyla leads; a case that is taken is its taker's and the leads'.
WHO_OPENS_WHAT = {
    "ines": of("waiting", "taken", "notleyla", "partners"),
    "idris": of("waiting", "notportugal", "notleyla", "partners"),
    "leyla": of("waiting", "taken", "notportugal", "partners"),
    "tomas": of("partners"),
    "chiara": set(),
    "kofi": set(),
}


@dataclass
class Stolen:
    """A programme with its cases, everything of which was carried off."""

    programme: Programme
    folder: Path
    codes: dict[str, CaseCode] = field(default_factory=dict)

    def thief(self) -> Thief:
        return Thief(self.folder)

    def report(self, name: str, *, by: Origin = ANONYMOUS, exclusions: Exclusions | None = None) -> None:
        told = Answers(
            text=f"{name}-told",
            accounts=(AccountNamed(ACCOUNT.platform, ACCOUNT.handle, mine=True),),
            exclusions=exclusions or Exclusions(),
        )
        kept = intake.file_report(told, nonce=secrets.token_bytes(32), files=[picture(name)], by=by)
        self.codes[name] = kept.code
        if name == "taken":
            self._work_on(kept.case_id)

    def _work_on(self, case_id: object) -> None:
        ines = self.programme.desk("ines")
        work.take_case(case_id, ines)  # type: ignore[arg-type] # a UUID
        work.add_note(case_id, "taken-note", ines)  # type: ignore[arg-type] # the same
        protection.order(
            case_id,  # type: ignore[arg-type] # the same
            account=ACCOUNT,
            bundle=Bundle.SECURE_NOW,
            proofs={Proof.RESPONDER_CHECK},
            who_else_sees=WhoElse.NOBODY,
            reason="taken-act",
            cost_shown=protection.cost(case_id, ACCOUNT, Bundle.SECURE_NOW, ines).shown,  # type: ignore[arg-type] # the same
            desk=ines,
        )


def picture(name: str) -> SealedFile:
    with SealedWriter(name="gate.jpg", kind="image/jpeg") as writer:
        writer.write(f"{name}-picture".encode())
        return writer.finish()


@pytest.fixture
def stolen(db: None, data_folder: Path) -> Iterator[Stolen]:
    programme = make_programme()
    made = Stolen(programme, data_folder)
    with registry.registered(FakePlatform()):
        outbox.retire()
        outbox.keep_fresh()
        made.report("waiting")
        made.report("taken")
        made.report("notportugal", exclusions=Exclusions(countries=frozenset({"PT"})))
        made.report("notleyla", exclusions=Exclusions(person="leyla"))
        made.report("partners", by=partner_origin(programme))
        safety.carry_out()
        intake.keep_draft(secrets.token_bytes(32), {"text": "a draft"}, [])
        for name in WHO_OPENS_WHAT:
            programme.desk(name)
        yield made
        outbox.retire()


def test_every_column_of_bytes_is_a_lock_that_the_thief_tries_or_known_to_be_none() -> None:
    every = {
        f"{model._meta.db_table}.{column.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, models.BinaryField)
    }
    locks = {f"{model._meta.db_table}.{column}" for model, column in sealed_columns()}

    assert locks | NO_LOCK == every
    assert {name.split(".")[1].split("_")[0] for name in locks} <= {"sealed", "wrapped", "inner"}


def test_the_whole_folder_alone_opens_no_case(stolen: Stolen) -> None:
    thief = stolen.thief().learn_everything_lying_about()

    assert thief.read(EVERYTHING) == set()
    # The second factor only keeps a door; it must be checked before anybody's words are, so the server can open it.
    assert {place.split(" ")[0] for place in thief.opened} == {"accounts_member.sealed_second_factor"}


@pytest.mark.parametrize("name", WHO_OPENS_WHAT)
def test_one_persons_passphrase_opens_that_persons_cases_and_no_others(stolen: Stolen, name: str) -> None:
    person = stolen.programme.founded.person(name)
    thief = stolen.thief().learn_passphrase(person.passphrase).learn(person.second_factor_secret.encode())

    assert thief.read(EVERYTHING) == WHO_OPENS_WHAT[name]


# Where somebody is excluded, the others are wrapped one by one: whoever joins a team later could be the excluded one.
@pytest.mark.parametrize(
    ("team", "opens"),
    [
        (LISBON, of("waiting", "partners")),
        (NAIROBI, of("waiting", "partners")),
        (LEADS, of("waiting", "taken", "partners")),
    ],
)
def test_the_key_of_a_team_opens_nothing_that_excludes_anybody(stolen: Stolen, team: str, opens: set[str]) -> None:
    printed = next(each for each in stolen.programme.founded.cards if each.team == team)

    assert stolen.thief().learn(cards.join(printed.cards[:2])).read(EVERYTHING) == opens


@pytest.mark.parametrize("case", EVERY_CASE)
def test_a_case_code_opens_its_own_conversation_and_no_work_file(stolen: Stolen, case: str) -> None:
    thief = stolen.thief().learn(stolen.codes[case].reporter.key)

    assert thief.read(EVERYTHING) == of(case) - {"taken-note"}


def test_everybodys_secrets_together_open_everything(stolen: Stolen) -> None:
    """A thief who can open nothing at all would prove nothing."""
    thief = stolen.thief()
    for name in WHO_OPENS_WHAT:
        thief.learn_passphrase(stolen.programme.founded.person(name).passphrase)

    assert thief.read(EVERYTHING) == EVERYTHING
