"""Whoever carries off the database and its folder tries each small value for each fact of the record, and learns none.

What is small can be guessed: a severity, a reason, a count. So a salt in reach would be as good as the fact itself.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps

from safeconduct.audit import queries as audit
from safeconduct.audit.bundles import told_from
from safeconduct.audit.confided import SALT_BYTES
from safeconduct.audit.leaves import Facts, canonical
from safeconduct.audit.models import Entry, SealedFacts, Waiting
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.rules import LIMITS, Assessment, Degree, Outcome, Severity, Stage
from safeconduct.domains.cases.rules.promises import promised
from safeconduct.domains.cases.services import work
from safeconduct.vault import confiding
from safeconduct.vault import services as vault
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.keys.thief import Thief
from tests.programme import Programme

SLIGHT = Assessment(Degree.LOW, Degree.LOW, Degree.LOW, Degree.LOW)
SMALL = [
    *Severity,
    *Outcome,
    *(str(number) for number in range(5)),
    "read the case",
    "take the case",
    "decide the case",
]
WORDS = ("severity", "outcome", "why", "added", "dropped", "kind", "recipients", "count", "step")


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return make_programme()


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    """Return a case whose record holds facts of each sort: promises, their change, why it was opened."""
    made = make_case(programme, stage=Stage.TRIAGE)
    work.assess(made.id, SLIGHT, "It was a test of ours.", programme.desk("ines"))
    return made


def commitments() -> dict[UUID, str]:
    rows = [*Entry.objects.all(), *Waiting.objects.all()]
    return {row.entry_id: row.commitment for row in rows if row.commitment}


def salts_lying_about(folder: Path) -> Iterator[bytes]:
    """Return whatever could be a salt: each stretch of what is kept beside the entries, the ends of all else."""
    for model in (each for each in apps.get_models() if each.__module__.startswith("safeconduct.")):
        for row in model._default_manager.values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else b""
                yield from {raw[:SALT_BYTES], raw[-SALT_BYTES:]}
    for kept in SealedFacts.objects.all():
        yield from (bytes(kept.sealed)[at : at + SALT_BYTES] for at in range(len(kept.sealed)))
        yield from (sha256(entry_id).digest() for entry_id in (kept.entry_id.bytes, str(kept.entry_id).encode()))
    for path in folder.rglob("keys/*"):
        yield from {path.read_bytes()[:SALT_BYTES], path.read_bytes()[-SALT_BYTES:]}


def guesses(*minutes: datetime) -> Iterator[Facts]:
    """Return every small fact of these kinds, and every promise that could have been made in these minutes."""
    yield from ({word: value} for word, value in product(WORDS, SMALL))
    yield from ({"added": one, "dropped": other} for one, other in product(range(4), range(4)))
    for minute, late, severity in product(minutes, (timedelta(), timedelta(minutes=1)), Severity):
        limits = LIMITS[severity]
        yield promised(severity, reply_due=minute - late + limits.reply, settle_due=minute - late + limits.settle)


def guessed(salts: Iterable[bytes]) -> set[UUID]:
    """Return the entries whose facts a thief finds who tries each guess with each of these salts."""
    minutes = {*Entry.objects.values_list("at", flat=True), *Waiting.objects.values_list("at", flat=True)}
    texts = [canonical(facts).encode() for facts in guesses(*minutes)]
    tried = {sha256(salt + text).hexdigest() for salt in {*salts} for text in texts}
    return {entry for entry, commitment in commitments().items() if commitment in tried}


def salts_of(made: MadeCase) -> Iterator[bytes]:
    """Return the salts of a report's own entries, as whoever opens its conversation reads them."""
    conversation = Report.objects.get(pk=made.report_id).conversation
    unseal = confiding.read_as_addressee(vault.open_one(conversation, ring=made.ring, why="test"))
    opened = (unseal(each.entry_id, bytes(each.sealed)) for each in SealedFacts.objects.all())
    yield from (told_from(plain).salt for plain in opened if plain)


def test_with_database_and_folder_no_small_fact_can_be_guessed(made: MadeCase, data_folder: Path) -> None:
    assert made.id
    assert len(commitments()) > 5

    assert guessed(salts_lying_about(data_folder)) == set()
    assert guessed(salts_of(made)), "with the salts themselves the thief would see them"


def test_every_key_lying_about_opens_no_fact(made: MadeCase, data_folder: Path) -> None:
    assert made.id
    thief = Thief(data_folder).learn_everything_lying_about()

    assert [*data_folder.glob("keys/*")]
    assert SealedFacts.objects.count() == len(commitments())
    assert not [place for place in thief.opened if place.startswith("audit_")]


def test_whoever_opens_the_case_proves_every_fact_about_it(made: MadeCase, programme: Programme) -> None:
    """A record in which nobody could prove anything would guess no better, and serve nobody."""
    report, case = Report.objects.get(pk=made.report_id), Case.objects.get(pk=made.id)
    opened = vault.open([report.conversation, case.work], ring=programme.desk("leyla").ring, why="test")
    unseals = [confiding.read_as_addressee(opened[report.conversation])]
    unseals += [confiding.read_under(each) for each in opened.values()] + [confiding.read_under(*opened.values())]

    told = {entry for entry in commitments() for unseal in unseals if audit.facts_of(entry, unseal)}

    assert told == {*commitments()}


def test_whoever_holds_one_member_less_than_was_opened_together_proves_nothing(
    made: MadeCase, programme: Programme
) -> None:
    report, case = Report.objects.get(pk=made.report_id), Case.objects.get(pk=made.id)
    ring = programme.desk("leyla").ring
    both = vault.open([report.conversation, case.work], ring=ring, why="read the case")
    together = audit.entries_for(ring.actor.id or made.id)[-1].id

    assert audit.facts_of(together, confiding.read_under(*both.values()))
    assert not any(audit.facts_of(together, confiding.read_under(each)) for each in both.values())


def test_what_is_sealed_says_nothing_by_its_length(made: MadeCase) -> None:
    assert made.id

    assert len({len(each.sealed) for each in SealedFacts.objects.all()}) == 2  # sealed here, and to a public key
