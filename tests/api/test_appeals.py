"""Appeals by a partner's program, with the same independence as by every other way."""

from uuid import UUID, uuid4

import pytest

from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.services import work
from safeconduct.domains.remedy import queries, services
from safeconduct.kernel.errors import NotAllowed
from tests.api.conftest import Program
from tests.domains.remedy.making import NO_ACTION, UPHELD
from tests.programme import Programme

WORDS = {"words": "They only looked at the first post."}


@pytest.fixture
def decided(harbour: Program, programme: Programme) -> str:
    """File as Harbour Helpline, and let Leyla, who reviews too, decide that nothing is done."""
    report_id: str = harbour.file().json()["id"]
    desk = programme.desk("leyla")
    (row,) = cases.queue_for(desk, "open", limit=10)
    case_id = row.case_id
    work.take_case(case_id, desk)
    services.decide_case(case_id, NO_ACTION, desk)
    return report_id


def appeals(report_id: str) -> str:
    return f"reports/{report_id}/appeals"


def test_a_program_appeals_after_no_action_and_reads_the_answer(
    harbour: Program, programme: Programme, decided: str
) -> None:
    assert harbour.get(appeals(decided)).json()["asks"] == "may"
    filed = harbour.post(appeals(decided), WORDS)
    appeal_id = UUID(filed.json()["id"])
    services.take_appeal(appeal_id, programme.desk("idris"))
    services.decide_appeal(appeal_id, UPHELD, programme.desk("idris"))

    (mine,) = harbour.get(appeals(decided)).json()["appeals"]

    assert filed.status_code == 201
    assert (mine["stage"], mine["words"]) == ("decided", WORDS["words"])
    assert (mine["answer"]["conclusion"], mine["answer"]["words"]) == ("upheld", UPHELD.words)


def test_the_same_key_again_is_the_same_appeal_and_other_words_are_refused(harbour: Program, decided: str) -> None:
    first, again = harbour.post(appeals(decided), WORDS), harbour.post(appeals(decided), WORDS)
    other = harbour.post(appeals(decided), {"words": "Something else."})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert len(harbour.get(appeals(decided)).json()["appeals"]) == 1


def test_an_appeal_of_a_program_never_reaches_whoever_decided(
    harbour: Program, programme: Programme, decided: str
) -> None:
    appeal_id = UUID(harbour.post(appeals(decided), WORDS).json()["id"])

    assert queries.queue_for(programme.desk("leyla")) == []
    with pytest.raises(NotAllowed):
        queries.review_for(appeal_id, programme.desk("leyla"))
    assert [row.id for row in queries.queue_for(programme.desk("idris"))] == [appeal_id]


def test_nothing_decided_is_nothing_to_appeal_against(harbour: Program) -> None:
    report_id = harbour.file().json()["id"]

    answer = harbour.post(appeals(report_id), WORDS)

    assert (answer.status_code, answer.json()["code"]) == (409, "appeal.nothing-decided")


def test_another_partner_neither_appeals_nor_reads_one_and_cannot_tell_that_it_exists(
    harbour: Program, lantern: Program, decided: str
) -> None:
    appeal_id = harbour.post(appeals(decided), WORDS).json()["id"]

    for path in (appeals(decided), f"{appeals(decided)}/{appeal_id}/messages"):
        body = WORDS if path == appeals(decided) else {"text": "Me too."}
        forbidden = lantern.post(path, body)
        missing = lantern.post(path.replace(decided, str(uuid4())), body)
        assert forbidden.status_code == missing.status_code == 404
        assert forbidden.content == missing.content
    assert lantern.get(appeals(decided)).status_code == 404


def test_what_a_program_adds_is_read_by_whoever_looks_again(
    harbour: Program, programme: Programme, decided: str
) -> None:
    appeal_id = harbour.post(appeals(decided), WORDS).json()["id"]
    path = f"{appeals(decided)}/{appeal_id}/messages"

    sent, again = (harbour.post(path, {"text": "A court has confirmed it."}, key="m-1") for _ in range(2))

    assert (sent.status_code, sent.json()) == (201, again.json())
    (letter,) = queries.review_for(UUID(appeal_id), programme.desk("idris")).letters
    assert letter.text == "A court has confirmed it."
