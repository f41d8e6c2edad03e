"""A partner asking for another's report, for one that is not there, with a wrong token: one refusal, one cost."""

import base64
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from safeconduct.connectors import registry
from safeconduct.domains.partners import services as partners
from safeconduct.kernel.ids import new_id
from safeconduct.kernel.slate import slate
from safeconduct.vault import outbox
from tests.api.conftest import Program
from tests.domains.cases.making import open_door
from tests.domains.safety.platform import FakePlatform
from tests.partnership import found_with_partners
from tests.programme import Programme
from tests.refusals.meter import Refusal, refusal

READS = ("", "/messages", "/proof")
PAGES = ("", "/appeal", "/proof.json", "/file/{file}/picture", "/file/{file}")
DEEDS = ("/say", "/consent", "/appeal", "/appeal/add", "/vouch")


@pytest.fixture
def programme(db: None, data_folder: Path) -> Iterator[Programme]:
    slate.wipe()
    outbox.retire()
    outbox.keep_fresh()
    founded = found_with_partners()
    open_door(founded, "partners")
    with registry.registered(FakePlatform()):
        yield founded
    outbox.retire()


@pytest.fixture
def foreign(programme: Programme) -> UUID:
    """Return a report of Tomas's organisation."""
    harbour = Program(partners.make_token("case system", by=programme.desk("tomas")).text)
    return UUID(harbour.file().json()["id"])


@pytest.fixture
def lantern(programme: Programme) -> Program:
    """Return the program of another organisation, which has a report of its own."""
    program = Program(partners.make_token("theirs", by=programme.desk("victor")).text)
    program.file(key="theirs")
    return program


@pytest.fixture
def victor(programme: Programme) -> Client:
    return programme.browser("victor")


def without_id(found: Refusal, *ids: UUID) -> tuple[object, ...]:
    """Return all of a refusal, the id that was asked for blotted out."""
    body = found.body
    for each in ids:
        body = body.replace(str(each), "…")
    return (found.status, found.headers, found.cookies, body, found.queries, found.dear)


@pytest.mark.parametrize("what", READS)
def test_a_program_reads_another_partners_report_like_one_that_is_not_there(
    lantern: Program, foreign: UUID, what: str
) -> None:
    def asked(report_id: UUID) -> tuple[object, ...]:
        return without_id(refusal(lambda: lantern.get(f"reports/{report_id}{what}")), report_id)

    asked(new_id())

    assert asked(foreign) == asked(new_id())
    assert asked(foreign)[0] == 404


def test_a_program_writes_to_another_partners_report_like_to_one_that_is_not_there(
    lantern: Program, foreign: UUID
) -> None:
    def asked(report_id: UUID) -> tuple[object, ...]:
        body = {"text": "Let me in."}
        key = secrets.token_hex(8)
        return without_id(refusal(lambda: lantern.post(f"reports/{report_id}/messages", body, key=key)), report_id)

    asked(new_id())

    assert asked(foreign) == asked(new_id())
    assert asked(foreign)[0] == 404


def test_the_meter_tells_a_report_of_its_own_from_anothers(lantern: Program, foreign: UUID) -> None:
    own = lantern.get("reports").json()["reports"][0]["id"]

    assert (
        refusal(lambda: lantern.get(f"reports/{own}")).dear != refusal(lambda: lantern.get(f"reports/{foreign}")).dear
    )


def test_a_revoked_token_a_token_with_one_letter_changed_and_one_nobody_made_are_refused_alike(
    programme: Programme, foreign: UUID
) -> None:
    made = partners.make_token("lost laptop", by=programme.desk("tomas"))
    partners.revoke_token(made.id, by=programme.desk("tomas"))
    live = partners.make_token("kept", by=programme.desk("tomas")).text
    # Not the last letter: some of its bits say nothing.
    changed = live[:9] + ("A" if live[9] != "A" else "B") + live[10:]
    nobodys = live[:4] + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")

    def asked(token: str) -> tuple[object, ...]:
        return without_id(refusal(lambda: Program(token).get(f"reports/{foreign}")))

    asked(nobodys)

    assert asked(made.text) == asked(changed) == asked(nobodys)
    assert asked(nobodys)[0] == 401


@pytest.mark.parametrize("page", PAGES)
def test_a_member_opens_another_partners_report_like_one_that_is_not_there(
    victor: Client, foreign: UUID, page: str
) -> None:
    def asked(report_id: UUID) -> tuple[object, ...]:
        return without_id(
            refusal(lambda: victor.get(f"/partner/report/{report_id}{page.format(file=new_id())}")), report_id
        )

    asked(new_id())

    assert asked(foreign) == asked(new_id())
    assert asked(foreign)[0] in {404, 405}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_members_deed_on_another_partners_report_is_refused_like_one_on_none(
    victor: Client, foreign: UUID, deed: str
) -> None:
    form = {"text": "words", "words": "words", "agreed": "yes", "end": "1", "go": "send"}

    def asked(report_id: UUID) -> tuple[object, ...]:
        address = f"/partner/report/{report_id}{deed}"
        return without_id(refusal(lambda: victor.post(address, form | {"key": str(new_id())})), report_id)

    asked(new_id())

    assert asked(foreign) == asked(new_id())
    assert asked(foreign)[0] == 404


def test_problem_papers_of_refusals_name_nothing(lantern: Program, foreign: UUID) -> None:
    paper = json.loads(lantern.get(f"reports/{foreign}").content)

    assert str(foreign) not in json.dumps(paper)
