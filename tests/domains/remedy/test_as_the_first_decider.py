"""Written as the attacker: whoever decided, ordered or worked on a case tries every way into the appeal against it."""

import secrets
from uuid import UUID

import pytest
from django.db import connection

from safeconduct.accounts import services as accounts
from safeconduct.accounts.models import KeyPair, Member
from safeconduct.accounts.values import Desk, Exclusions, Role
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.services import reviewed, work
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal, KeptWaiting, ReviewFile, Statement
from safeconduct.domains.remedy.papers import place_of_inner, place_of_statement_lock
from safeconduct.domains.remedy.rules import Conclusion
from safeconduct.domains.remedy.values import Ruling
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import DoesNotOpen, Keyring, boxes
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault
from tests.domains.cases.making import ASSESSMENT, DECISION, make_case
from tests.domains.remedy.making import (
    CHANGED,
    UPHELD,
    appeal,
    appeal_with,
    decided_appeal,
    joined,
    make_decided,
    opens,
    plea,
    statement,
)
from tests.programme import LEADS, NAIROBI, Programme

EVERY_VERB = {
    "read": queries.review_for,
    "read as an appellant": lambda appeal_id, desk: queries.appeal_for(appeal_id, desk.ring),
    "take": services.take_appeal,
    "step back": services.step_back,
    "write": lambda appeal_id, desk: services.write_as_reviewer(appeal_id, "Drop it.", desk, key=secrets_id()),
    "write as the appellant": lambda appeal_id, desk: services.write_as_appellant(
        appeal_id, "I withdraw.", ring=desk.ring, key=secrets_id()
    ),
    "decide": lambda appeal_id, desk: services.decide_appeal(appeal_id, UPHELD, desk),
    "confirm": services.confirm_carried_out,
    "a file": lambda appeal_id, desk: queries.file_under_review(appeal_id, secrets_id(), desk),
}


def secrets_id() -> UUID:
    return UUID(bytes=secrets.token_bytes(16), version=4)


def finds_nothing(desk: Desk, appeal_id: UUID) -> None:
    """No list, no verb and no key of this desk reaches an appeal."""
    assert appeal_id not in {row.id for decided in (True, False) for row in queued(desk, decided=decided)}
    for verb in EVERY_VERB.values():
        with pytest.raises(NotAllowed):
            verb(appeal_id, desk)


def queued(desk: Desk, *, decided: bool) -> list:  # type: ignore[type-arg] # rows of the queue
    return queries.queue_for(desk, decided=decided) if desk.may(Role.APPEAL_REVIEWER) else []


def envelopes(appeal_id: UUID) -> tuple[UUID, UUID]:
    row = Appeal.objects.select_related("file").get(pk=appeal_id)
    return row.envelope, row.file.envelope


def no_key(desk: Desk, appeal_id: UUID) -> None:
    assert not any(opens(desk, envelope) for envelope in envelopes(appeal_id))


@pytest.mark.parametrize("kept", [True, False], ids=["kept at the decision", "kept by the appellant"])
@pytest.mark.parametrize("who", ["idris", "leyla"])
def test_the_decider_finds_nothing_though_they_are_a_reviewer(programme: Programme, who: str, *, kept: bool) -> None:
    made = make_decided(programme, by=who, kept=kept)

    receipt = appeal(made)

    finds_nothing(programme.desk(who), receipt.appeal_id)
    no_key(programme.desk(who), receipt.appeal_id)


def test_by_the_key_of_a_team(programme: Programme) -> None:
    """Leyla decides and is on the team of leads, whose key opens every case that was taken."""
    made = make_decided(programme, by="leyla")

    receipt = appeal(made)

    for envelope in envelopes(receipt.appeal_id):
        staff = {each for each in vault_queries.recipients_of(envelope) if each.version != 8}
        assert staff
        assert not KeyPair.objects.filter(id__in=staff, team__isnull=False).exists()
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_by_joining_the_reviewers_team_and_being_given_its_key(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    accounts.join_team(programme.member_id("leyla"), programme.team_id(NAIROBI), by=programme.desk("leyla"))
    accounts.share_team_keys(by=programme.desk("idris"))

    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_by_a_new_key_of_every_team(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    for team in (LEADS, NAIROBI):
        accounts.rekey_team(programme.team_id(team), by=programme.desk("leyla"))
    for who in ("leyla", "idris", "ines"):
        work.rewrap_waiting(programme.desk(who))
        services.rewrap_reviews(programme.desk(who))

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_by_deciding_and_handing_the_case_over(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    work.hand_over(made.id, programme.member_id("ines"), programme.desk("leyla"), note="Yours.")

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_by_being_handed_the_case_after_the_appeal_was_filed(programme: Programme) -> None:
    """Idris could decide it. Then he is given the case: from that moment he has a hand in it."""
    made = make_decided(programme, by="ines")
    receipt = appeal(made)
    assert queries.review_for(receipt.appeal_id, programme.desk("idris"))

    work.hand_over(made.id, programme.member_id("idris"), programme.desk("ines"), note="Yours.")

    finds_nothing(programme.desk("idris"), receipt.appeal_id)
    services.rewrap_reviews(programme.desk("leyla"))
    no_key(programme.desk("idris"), receipt.appeal_id)


def test_by_taking_an_appeal_first_and_the_case_after_it(programme: Programme) -> None:
    made = make_decided(programme, by="ines")
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk("leyla"))

    work.take_case(made.id, programme.desk("leyla"))

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)


@pytest.mark.parametrize("deed", ["note", "assess", "answer", "take and hand over"])
def test_by_having_worked_on_it_without_deciding(programme: Programme, deed: str) -> None:
    made = make_case(programme, stage=CaseStage.NEW)
    idris, ines = programme.desk("idris"), programme.desk("ines")
    if deed == "note":
        work.add_note(made.id, "Looks like a wave.", idris)
    else:
        work.take_case(made.id, idris)
    if deed == "assess":
        work.assess(made.id, ASSESSMENT, "What was written.", idris)
    if deed == "answer":
        work.answer(made.id, made.report_id, "We are on it.", idris, key=secrets_id())
    if deed != "note":
        work.hand_over(made.id, programme.member_id("ines"), idris, note="Yours.")
    if deed == "note":
        work.take_case(made.id, ines)
    services.decide_case(made.id, DECISION, programme.desk("ines"))

    receipt = appeal(made)

    finds_nothing(programme.desk("idris"), receipt.appeal_id)
    no_key(programme.desk("idris"), receipt.appeal_id)


def test_by_a_case_whose_reports_joined_another(programme: Programme) -> None:
    """Idris worked on the first report's case; Leyla links it into hers and Ines decides both."""
    first, second = make_case(programme), make_case(programme)
    work.take_case(first.id, programme.desk("idris"))
    work.take_case(first.id, programme.desk("leyla"))
    work.take_case(second.id, programme.desk("leyla"))
    work.link_reports(first.id, second.id, programme.desk("leyla"))
    work.hand_over(second.id, programme.member_id("ines"), programme.desk("leyla"), note="Yours.")
    services.decide_case(second.id, DECISION, programme.desk("ines"))

    with pytest.raises(Refused) as refusal:
        appeal(first)

    assert refusal.value.code == "appeal.no-reviewer"


def test_by_an_escalation(programme: Programme) -> None:
    """A case that nobody answers wakes every lead; what they are woken for is the case, never the appeal."""
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)

    assert not vault_queries.wrapped_to(
        set(KeyPair.objects.filter(team__isnull=False).values_list("id", flat=True))
    ).filter(envelope_id__in=envelopes(receipt.appeal_id))


def test_by_coming_back_under_a_new_account_with_the_old_name(programme: Programme) -> None:
    """Idris decided, left, and is invited again as a reviewer. His new account is his in name."""
    made = make_decided(programme, by="idris")
    again = joined(programme, "idris.again", "Idris")

    receipt = appeal(made)

    finds_nothing(again, receipt.appeal_id)
    no_key(again, receipt.appeal_id)


def test_by_being_made_a_reviewer_after_deciding(programme: Programme) -> None:
    made = make_decided(programme, by="ines")
    receipt = appeal(made)

    write_role_into_the_table("ines", Role.APPEAL_REVIEWER)

    finds_nothing(programme.desk("ines"), receipt.appeal_id)


def test_by_writing_oneself_into_the_database_as_a_reviewer(programme: Programme) -> None:
    """Chiara never touched the case. Her row says reviewer, and no custodian signed that."""
    made = make_decided(programme)
    write_role_into_the_table("chiara", Role.APPEAL_REVIEWER)

    receipt = appeal(made)

    finds_nothing(programme.desk("chiara"), receipt.appeal_id)
    no_key(programme.desk("chiara"), receipt.appeal_id)


def test_by_putting_an_own_wrap_where_a_reviewers_stood(programme: Programme) -> None:
    """Even somebody who holds the key finds nothing, if they have had a hand in the case."""
    made = make_decided(programme, by="leyla")
    receipt = appeal(made)
    leyla, idris = programme.desk("leyla"), programme.desk("idris")

    for envelope in envelopes(receipt.appeal_id):
        vault.rewrap(envelope, ring=idris.ring, add=[leyla.recipient], drop=(), by=idris.actor)

    finds_nothing(programme.desk("leyla"), receipt.appeal_id)
    services.rewrap_reviews(programme.desk("idris"))
    no_key(programme.desk("leyla"), receipt.appeal_id)


def test_by_deciding_the_case_again_without_an_appeal(programme: Programme) -> None:
    made = make_decided(programme, by="leyla")

    with pytest.raises(Refused):
        services.decide_case(made.id, DECISION, programme.desk("leyla"))
    for who in ("leyla", "ines"):
        with pytest.raises(NotAllowed):
            reviewed.decide_again(made.id, DECISION, programme.desk(who))


def test_by_the_code_that_stands_on_the_statement_they_wrote(programme: Programme) -> None:
    """Leyla wrote the statement and has seen its code. The appeal has another one, which she never sees."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")

    receipt = appeal_with(given)

    assert receipt.code != given.code
    with pytest.raises(NotAllowed):
        services.enter(given.code)
    key = given.code.reporter
    ring = Keyring(programme.desk("leyla").actor, {key.recipient_id: key.key})
    with pytest.raises(NotAllowed):
        queries.appeal_for(receipt.appeal_id, ring)


def test_by_appealing_in_the_others_place_before_they_do(programme: Programme) -> None:
    """Leyla uses the code herself. What the person acted on has to say is still heard: it is new."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")
    planted = appeal_with(given, plea("I agree with everything."))
    services.take_appeal(planted.appeal_id, programme.desk("idris"))
    services.decide_appeal(planted.appeal_id, UPHELD, programme.desk("idris"))
    other = joined(programme, "noor", "Noor")
    services.rewrap_reviews(programme.desk("idris"))

    theirs = appeal_with(given, plea(new_evidence="I never wrote that first appeal."))

    assert queries.review_for(theirs.appeal_id, other).new_evidence == "I never wrote that first appeal."
    finds_nothing(programme.desk("leyla"), theirs.appeal_id)


def test_by_being_the_only_one_left(programme: Programme) -> None:
    """Idris decided and Leyla has worked on it: nobody may decide the appeal, and it is given to neither."""
    made = make_case(programme)
    work.add_note(made.id, "Seen.", programme.desk("leyla"))
    work.take_case(made.id, programme.desk("idris"))
    services.decide_case(made.id, DECISION, programme.desk("idris"))

    with pytest.raises(Refused) as refusal:
        appeal(made)

    assert refusal.value.code == "appeal.no-reviewer"
    assert "outside" in refusal.value.sentence
    assert not Appeal.objects.exists()
    assert KeptWaiting.objects.filter(subject=made.report_id).exists()


def test_a_reviewer_from_outside_is_named_and_the_appeal_goes_to_them_alone(programme: Programme) -> None:
    made = make_case(programme)
    work.add_note(made.id, "Seen.", programme.desk("leyla"))
    work.take_case(made.id, programme.desk("idris"))
    services.decide_case(made.id, DECISION, programme.desk("idris"))
    outside = joined(programme, "noor", "Noor")

    receipt = appeal(made)

    assert queries.review_for(receipt.appeal_id, outside).case is not None
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


def test_a_returned_case_keeps_out_those_who_worked_on_it(programme: Programme) -> None:
    made = make_decided(programme, by="ines")

    decided_appeal(programme, made, Ruling(Conclusion.RETURNED, "Nobody asked who owns the second account."))

    with pytest.raises((NotAllowed, Refused)):
        work.take_case(made.id, programme.desk("ines"))


def test_a_change_is_made_by_the_reviewer_alone(programme: Programme) -> None:
    made = make_decided(programme, by="ines")

    decided_appeal(programme, made, CHANGED)

    for who in ("ines", "idris", "leyla"):
        with pytest.raises((NotAllowed, Refused)):
            reviewed.decide_again(made.id, DECISION, programme.desk(who))


def write_role_into_the_table(sign_in_name: str, role: Role) -> None:
    """Write a role into the database, as an intruder would."""
    member = Member.objects.get(sign_in_name=sign_in_name)
    member.roles = [*member.roles, role.value]
    member.save(update_fields=["roles"])


def test_by_appealing_first_in_the_others_place_which_takes_nothing_from_them(programme: Programme) -> None:
    """Leyla handed the statement over and uses its code at once. Its owner is heard beside her, all the same."""
    made = make_decided(programme, by="leyla", decision=DECISION)
    given = statement(programme, made, by="leyla")
    services.open_statement(given.code)
    appeal_with(given, plea("I agree with everything."))

    seen = services.open_statement(given.code)
    theirs = appeal_with(given, plea("I never wrote that.", contests=True))

    assert seen.opened_at is not None
    assert queries.review_for(theirs.appeal_id, programme.desk("idris")).contests
    with pytest.raises(Refused):
        appeal_with(given, plea("A third one.", contests=True))
