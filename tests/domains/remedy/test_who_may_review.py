"""Only a reviewer whom custodians signed and nobody excluded opens an appeal, and only once somebody appealed."""

import pytest
from django.db import connection

from safeconduct.accounts.values import Exclusions, Role
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.models import Appeal, ReviewFile, Statement
from safeconduct.domains.remedy.papers import place_of_inner, place_of_statement_lock
from safeconduct.kernel.errors import Refused
from safeconduct.vault import DoesNotOpen, Keyring, boxes
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault
from tests.domains.cases.making import DECISION, make_case
from tests.domains.remedy.attacking import finds_nothing, no_key, write_role_into_the_table
from tests.domains.remedy.making import appeal, appeal_with, joined, make_decided, plea, statement, taken
from tests.programme import Programme


def test_writing_oneself_into_the_database_as_a_reviewer_opens_nothing(programme: Programme) -> None:
    """Chiara never touched the case. Her row says reviewer, and no custodian signed that."""
    made = make_decided(programme)
    write_role_into_the_table("chiara", Role.APPEAL_REVIEWER)

    receipt = appeal(made)

    finds_nothing(programme.desk("chiara"), receipt.appeal_id)
    no_key(programme.desk("chiara"), receipt.appeal_id)


def test_a_reviewer_from_outside_is_named_and_the_appeal_goes_to_them_alone(programme: Programme) -> None:
    made = make_case(programme)
    work.add_note(made.id, "Seen.", programme.desk("leyla"))
    work.take_case(made.id, programme.desk("idris"))
    services.decide_case(made.id, DECISION, programme.desk("idris"))
    outside = joined(programme, "noor", "Noor")

    receipt = appeal(made)

    assert taken(receipt, outside).case is not None
    for who in ("idris", "leyla", "ines"):
        finds_nothing(programme.desk(who), receipt.appeal_id)


def test_the_last_reviewer_cannot_step_back_into_nothing(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    with pytest.raises(Refused) as refusal:
        services.step_back(receipt.appeal_id, programme.desk("idris"))

    assert refusal.value.code == "appeal.no-reviewer"


def test_whoever_stepped_back_never_opens_it_again(programme: Programme) -> None:
    made = make_decided(programme, by="ines")
    receipt = appeal(made)

    services.step_back(receipt.appeal_id, programme.desk("idris"))
    services.rewrap_reviews(programme.desk("leyla"))

    finds_nothing(programme.desk("idris"), receipt.appeal_id)
    no_key(programme.desk("idris"), receipt.appeal_id)


def test_whom_the_reporter_excluded_reviews_nothing(programme: Programme) -> None:
    made = make_decided(programme, by="ines", exclusions=Exclusions(person="Idris"))

    receipt = appeal(made)
    services.rewrap_reviews(programme.desk("leyla"))

    no_key(programme.desk("idris"), receipt.appeal_id)


def test_reviewers_open_no_case_before_somebody_appeals(programme: Programme) -> None:
    """They hold the inner lock's key and lack the outer one."""
    made = make_decided(programme, by="ines")
    file = ReviewFile.objects.get(case_id=made.id)
    lock = file.locks.get()
    idris = programme.desk("idris")

    opened = vault.open_one(file.envelope, ring=idris.ring, why="try")

    with pytest.raises(DoesNotOpen):
        opened.read(bytes(lock.sealed), place_of_inner(file.id))


def test_the_person_acted_on_opens_nothing_of_the_report_with_both_their_codes_and_the_whole_database(
    programme: Programme,
) -> None:
    made = make_decided(programme, by="ines", decision=DECISION)
    given = statement(programme, made)
    receipt = appeal_with(given)
    assert receipt.code is not None
    keys = [given.code.reporter, receipt.code.reporter]
    ring = Keyring(programme.desk("tomas").actor, {key.recipient_id: key.key for key in keys})

    openable = set(vault_queries.openable(ring))
    row = Appeal.objects.get(pk=receipt.appeal_id)
    held = Statement.objects.get()
    inner = boxes.opened_under(keys[0].key, bytes(held.sealed_lock), place_of_statement_lock(held.id))

    assert openable == {row.envelope}
    for key in (keys[0].key, keys[1].key):
        with pytest.raises(DoesNotOpen):
            boxes.opened_under(key, inner, place_of_inner(row.file_id))
    own = vault.open_one(row.envelope, ring=ring, why="try")
    with pytest.raises(DoesNotOpen):
        own.read(inner, place_of_inner(row.file_id))


def test_nothing_of_an_appeal_lies_in_the_clear(programme: Programme) -> None:
    made = make_decided(programme)
    appeal(made, plea("They only looked at the first post."))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM remedy_appeal")
        assert b"first post" not in b"".join(bytes(str(each), "utf-8") for row in cursor.fetchall() for each in row)
