from uuid import uuid4

import pytest

from safeconduct.domains.cases import queries as cases
from safeconduct.vault import CaseCode
from tests.api.conftest import REPORT, Program
from tests.programme import Programme


def test_a_filed_report_is_answered_with_its_promises_and_its_code(harbour: Program) -> None:
    answer = harbour.file()

    filed = answer.json()
    assert answer.status_code == 201
    assert filed["first"] is True
    assert filed["severity"] in {"P0", "P1", "P2", "P3"}
    assert filed["received_at"] < filed["reply_due"] < filed["settle_due"]
    assert CaseCode.parse(filed["code"])


def test_the_same_key_again_is_the_same_report(harbour: Program) -> None:
    first, again = harbour.file(), harbour.file()

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["code"] == again.json()["code"]
    assert len(harbour.get("reports").json()["reports"]) == 1


def test_the_same_key_with_other_words_is_refused(harbour: Program) -> None:
    harbour.file()

    answer = harbour.file(text="Something else.")

    assert answer.status_code == 409
    assert answer.json()["code"] == "filing.key-reused"


def test_another_partner_may_use_the_same_key(harbour: Program, lantern: Program) -> None:
    assert harbour.file().json()["id"] != lantern.file().json()["id"]


def test_staff_read_what_the_program_sent(harbour: Program, programme: Programme) -> None:
    harbour.file()

    (row,) = cases.queue_for(programme.desk("ines"), "open", limit=10)
    case = cases.case_for(row.case_id, programme.desk("ines"))
    (report,) = case.reports
    assert report.reference == "HH-2041"
    assert report.partner_name == "Harbour Helpline"
    assert report.answers.text == REPORT["text"]
    assert [account.handle for account in report.answers.accounts if account.mine] == ["amina.writes", "amina.archive"]


def test_a_report_reads_back_with_reference_clocks_and_reasons(harbour: Program) -> None:
    report_id = harbour.file().json()["id"]

    listed = harbour.get("reports").json()["reports"][0]
    whole = harbour.get(f"reports/{report_id}").json()

    assert listed["reference"] == whole["reference"] == "HH-2041"
    assert {clock["kind"] for clock in whole["clocks"]} == {"reply", "settle"}
    assert whole["decision"] is None
    assert whole["may_write"] is True


def test_the_conversation_goes_both_ways(harbour: Program) -> None:
    report_id = harbour.file().json()["id"]

    sent = harbour.post(f"reports/{report_id}/messages", {"text": "She is at a friend's house."})
    again = harbour.post(f"reports/{report_id}/messages", {"text": "She is at a friend's house."})

    assert (sent.status_code, again.status_code) == (201, 201)
    assert sent.json()["id"] == again.json()["id"]
    (message,) = harbour.get(f"reports/{report_id}/messages").json()["messages"]
    assert message["text"] == "She is at a friend's house."
    assert message["sender"] == "partner"


def test_a_message_key_with_other_words_is_refused(harbour: Program) -> None:
    report_id = harbour.file().json()["id"]
    harbour.post(f"reports/{report_id}/messages", {"text": "One."})

    assert harbour.post(f"reports/{report_id}/messages", {"text": "Two."}).status_code == 409


def test_word_of_danger_makes_the_case_imminent(harbour: Program) -> None:
    report_id = harbour.file(danger="no").json()["id"]

    harbour.post(f"reports/{report_id}/messages", {"text": "They are at her door.", "danger_now": True})

    assert harbour.get(f"reports/{report_id}").json()["severity"] == "P0"


@pytest.mark.parametrize("path", ["reports/{}", "reports/{}/messages", "reports/{}/proof"])
def test_another_partner_finds_nothing_and_cannot_tell_that_it_exists(
    harbour: Program, lantern: Program, path: str
) -> None:
    report_id = harbour.file().json()["id"]

    forbidden, missing = lantern.get(path.format(report_id)), lantern.get(path.format(uuid4()))

    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content == missing.content
    assert lantern.get("reports").json() == {"reports": []}


def test_another_partner_cannot_write(harbour: Program, lantern: Program) -> None:
    report_id = harbour.file().json()["id"]

    forbidden = lantern.post(f"reports/{report_id}/messages", {"text": "Hello."})
    missing = lantern.post(f"reports/{uuid4()}/messages", {"text": "Hello."})

    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content == missing.content
    assert harbour.get(f"reports/{report_id}/messages").json()["messages"] == []


def test_an_excluded_country_is_obeyed(harbour: Program, programme: Programme) -> None:
    harbour.file(exclude={"countries": ["PT"], "people": ""})

    assert not cases.queue_for(programme.desk("ines"), "open", limit=10)
    assert cases.queue_for(programme.desk("idris"), "open", limit=10)


def test_members_and_programs_of_one_partner_see_the_same(harbour: Program, programme: Programme) -> None:
    report_id = harbour.file().json()["id"]

    (row,) = cases.reports_for_partner(programme.desk("tomas").ring, 10)
    assert str(row.report_id) == report_id
