"""Which of somebody's cases a reader of their name is shown, and what goes when a person has a case erased."""

from uuid import UUID

from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import erasing, identities, keeping, work
from safeconduct.domains.defenders.models import Identity, Link
from tests.domains.cases import making
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.defenders.making import NAME, Enrolled, approved, enrol
from tests.programme import Programme


def tied(enrolled: Enrolled, who: str = "idris") -> MadeCase:
    """Let a colleague take a further report of hers, and tie it."""
    further = make_case(enrolled.programme, stage=Stage.TRIAGE, by=who)
    desk = enrolled.programme.desk(who)
    identities.tie_report(further.id, further.report_id, enrolled.pseudonym, "She called.", desk)
    return further


def numbers(enrolled: Enrolled, who: str = "ines") -> list[str]:
    read = identities.read_once(approved(enrolled, who), enrolled.programme.desk(who))
    assert read.names == NAME
    return [each.number for each in read.cases]


def end(made: MadeCase, programme: Programme, who: str) -> UUID:
    """Close a case, and ask that it is erased because a person wants it."""
    desk = programme.desk(who)
    for step in (making._assess, making._decide, making._close):
        step(made.id, desk)
    return keeping.ask_erasure(made.id, desk, reason="She wants it.")


def test_whoever_reads_a_name_is_shown_the_cases_that_they_can_open_and_no_other(programme: Programme) -> None:
    enrolled = enrol(programme)
    further = tied(enrolled)

    assert numbers(enrolled) == [enrolled.case.receipt.number]
    assert sorted(numbers(enrolled, "leyla")) == sorted([enrolled.case.receipt.number, further.receipt.number])


def test_a_colleague_kept_out_after_a_report_was_tied_does_not_get_its_number(programme: Programme) -> None:
    enrolled = enrol(programme)
    further = tied(enrolled, "leyla")
    work.declare_conflict(further.id, programme.desk("leyla"), reason="A friend of mine.")

    assert numbers(enrolled, "leyla") == [enrolled.case.receipt.number]


def test_two_people_who_erase_the_case_they_enrolled_in_erase_the_name_with_it(programme: Programme) -> None:
    enrolled = enrol(programme)
    tied(enrolled)

    keeping.agree_erasure(end(enrolled.case, programme, "ines"), programme.desk("leyla"))

    assert (Identity.objects.count(), Link.objects.count()) == (0, 0)


def test_two_people_who_erase_a_further_case_erase_what_ties_it_and_leave_the_name(programme: Programme) -> None:
    enrolled = enrol(programme)
    further = tied(enrolled)

    keeping.agree_erasure(end(further, programme, "idris"), programme.desk("leyla"))

    assert (Identity.objects.count(), Link.objects.count()) == (1, 1)
    assert numbers(enrolled, "leyla") == [enrolled.case.receipt.number]


def test_the_number_of_a_case_erased_by_the_round_is_shown_to_nobody(programme: Programme) -> None:
    enrolled = enrol(programme)
    further = tied(enrolled)
    end(further, programme, "idris")
    erasing.erase_case(further.id, by=programme.desk("leyla").actor)

    assert numbers(enrolled, "leyla") == [enrolled.case.receipt.number]
