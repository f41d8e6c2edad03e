"""The timeline against the log: it says what stands and, as plainly, what does not."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from safeconduct.accounts.values import Role
from safeconduct.audit import proofs
from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Showing, Stage
from safeconduct.domains.cases.services import veil
from tests.audit.making import plant
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme
from tests.web.console.conftest import at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(programme: Programme) -> MadeCase:
    return make_case(programme, stage=Stage.ACTING)


def entries(made: MadeCase) -> list[UUID]:
    return [entry.id for entry in audit.entries_for(made.id, made.report_id)]


def test_each_line_of_the_timeline_leads_to_its_entry_in_the_log(ines: Client, made: MadeCase) -> None:
    case = ines.get(at("case", made.id)).content.decode()
    record = ines.get(at("record", made.id)).content.decode()

    led_to = case.split(f"{at('record', made.id)}#")[1:]
    assert led_to
    assert all(f'id="{each.partition(chr(34))[0]}"' in record for each in led_to)


def test_a_sound_record_is_said_to_stand_entry_by_entry(ines: Client, made: MadeCase) -> None:
    page = ines.get(at("record", made.id)).content.decode()

    assert f"{len(entries(made))} entries, and each stands in the log as it was signed." in page
    assert page.count("Stands in the log") == len(entries(made))
    assert "Does not stand" not in page


def test_a_changed_entry_is_said_not_to_stand_and_gives_no_proof(ines: Client, made: MadeCase) -> None:
    changed = entries(made)[1]
    ines.get(at("record", made.id))
    plant(
        "UPDATE audit_entry SET action = 'case.closed' WHERE entry_id = %s",
        changed.hex if connection.vendor == "sqlite" else str(changed),
    )

    page = ines.get(at("record", made.id)).content.decode()

    assert "1 entry does not stand in the log as it was signed." in page
    assert page.count("Does not stand in the log") == 1
    assert "safeconduct audit verify" in page
    assert at("proof", made.id, changed) not in page


def test_a_saved_proof_holds_away_from_here_and_names_nobody(ines: Client, made: MadeCase) -> None:
    one = entries(made)[0]

    answer = ines.get(at("proof", made.id, one))

    verdict = proofs.verify_bundle(answer.content.decode(), pinned_key=audit.verifier_key())
    assert verdict.holds
    assert [entry.leaf.id for entry in verdict.entries] == [one]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="proof.json"'
    assert "amina" not in answer.content.decode().lower()


def test_whoever_cannot_open_the_case_finds_neither_page_nor_proof(
    browser: Callable[[str], Client], made: MadeCase
) -> None:
    one = entries(made)[0]

    for name in ("idris", "tomas", "chiara"):
        assert browser(name).get(at("record", made.id)).status_code == 404
        assert browser(name).get(at("proof", made.id, one)).status_code == 404


def test_a_colleague_reads_that_somebody_lifted_a_veil_and_neither_who_nor_when(
    ines: Client, browser: Callable[[str], Client], made: MadeCase, programme: Programme
) -> None:
    veil.lift(made.id, made.report_id, Showing.WORDS, programme.desk("ines"))
    lifted = entries(made)[-1]
    hour = f"{audit.entries_for(made.id)[-1].at:%H:%M}"
    pages = [browser("leyla").get(at(page, made.id)).content.decode() for page in ("case", "record")]
    own = [ines.get(at(page, made.id)).content.decode() for page in ("case", "record")]

    for page, hers in zip(pages, own, strict=True):
        told = part_about(page, lifted)
        assert "Somebody here" in told
        assert ("Ines" in told, hour in told) == (False, False)
        assert ("Ines" in part_about(hers, lifted), hour in part_about(hers, lifted)) == (True, True)
    assert "Stands in the log" in part_about(pages[1], lifted)
    assert browser("leyla").get(at("proof", made.id, lifted)).status_code == 404
    assert ines.get(at("proof", made.id, lifted)).status_code == 200


def test_an_auditor_is_told_in_full_who_looked(made: MadeCase, programme: Programme) -> None:
    veil.lift(made.id, made.report_id, Showing.WORDS, programme.desk("ines"))
    leyla = programme.desk("leyla")
    auditor = replace(leyla, roles=leyla.roles | {Role.AUDITOR})

    told = queries.record_for(made.id, auditor).entries[-1].entry

    assert (told.by, told.somebody) == ("Ines", False)
    assert queries.entry_proof(made.id, told.id, auditor).entries


def part_about(page: str, entry: UUID) -> str:
    """Return the line of one entry, whichever page it is on."""
    lines: list[str] = re.findall(r"<li.*?</li>", page, re.DOTALL)
    return next(line for line in lines if f"entry-{entry}" in line)


def test_an_entry_of_another_case_is_not_proved_by_way_of_this_one(
    ines: Client, made: MadeCase, programme: Programme
) -> None:
    other = make_case(programme, by="idris", stage=Stage.TRIAGE, text="Another case in quite other words.")

    answer = ines.get(at("proof", made.id, entries(other)[0]))

    assert answer.status_code == 409
