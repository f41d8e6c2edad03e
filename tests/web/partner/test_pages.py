import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from safeconduct.audit import proofs
from safeconduct.audit import queries as audit
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.rules import Threat
from safeconduct.domains.cases.services import work
from safeconduct.domains.partners import services as partners
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.rules import Bundle, Proof, WhoElse
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode
from tests.programme import PARTNER_ID, Programme

WORDS = "Somebody published where she lives."
FORM = {
    "reference": "HH-2041",
    "happened": ["T5"],
    "text": WORDS,
    "danger": "today",
    "platform": "juniper-square",
    "mine": "@amina.of.the.harbour\namina.archive",
    "others": "angry.crowd",
    "wants": ["secure"],
    "who_else_sees": "unknown",
    "end": "1",
}


def words_of(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined] # Django's answer


def nonce_of(client: Client) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', client.get("/partner/file").content.decode())
    assert found
    return found[1]


def file_report(client: Client, **changes: object) -> object:
    return client.post("/partner/file", FORM | {"nonce": nonce_of(client)} | changes)


def report_of(programme: Programme) -> UUID:
    (row,) = cases.reports_for_partner(programme.desk("tomas").ring, 10)
    return row.report_id


@pytest.fixture
def report_id(tomas: Client, programme: Programme) -> UUID:
    file_report(tomas)
    return report_of(programme)


def test_a_stranger_is_sent_to_sign_in() -> None:
    for path in ("", "file", "programs", f"report/{uuid4()}"):
        answer = Client().get(f"/partner/{path}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/sign-in"


def test_staff_find_nothing_here(browser: Callable[[str], Client]) -> None:
    for path in ("", "file", "programs"):
        assert browser("ines").get(f"/partner/{path}").status_code == 404


def test_an_empty_list_offers_the_next_thing(tomas: Client) -> None:
    answer = tomas.get("/partner/")

    assert "No case is open." in words_of(answer)
    assert 'href="/partner/file"' in answer.content.decode()


def test_a_filed_report_shows_its_promise_and_its_code_once(tomas: Client, programme: Programme) -> None:
    answer = file_report(tomas)

    digits = re.search(r'class="keep digits"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)  # type: ignore[attr-defined] # Django's answer
    assert digits
    code = CaseCode.parse(" ".join(re.findall(r"\d+", digits[1])))
    assert "A person answers before" in words_of(answer)
    page = tomas.get(f"/partner/report/{report_of(programme)}").content.decode()
    assert not any(line in page for line in code.lines)


def test_staff_read_what_the_partner_wrote(tomas: Client, programme: Programme) -> None:
    file_report(tomas)

    (row,) = cases.queue_for(programme.desk("ines"), "open", limit=10)
    (report,) = cases.case_for(row.case_id, programme.desk("ines")).reports
    assert report.answers.text == WORDS
    assert report.answers.happened == (Threat.T5,)
    assert [account.handle for account in report.answers.accounts] == [
        "amina.of.the.harbour",
        "amina.archive",
        "angry.crowd",
    ]
    assert report.reference == "HH-2041"


def test_the_same_form_sent_twice_is_one_report(tomas: Client, programme: Programme) -> None:
    nonce = nonce_of(tomas)

    first, second = file_report(tomas, nonce=nonce), file_report(tomas, nonce=nonce)

    assert first.status_code == second.status_code == 200  # type: ignore[attr-defined] # Django's answer
    assert report_of(programme)


def test_a_language_that_is_none_of_ours_is_not_kept(tomas: Client, programme: Programme) -> None:
    file_report(tomas, language="amina of the")

    (row,) = cases.queue_for(programme.desk("ines"), "open", limit=10)
    assert row.language == "en"


def test_an_empty_form_loses_nothing_that_was_typed(tomas: Client) -> None:
    answer = file_report(tomas, text="", mine="", others="", tell="Her sister may be told.")

    assert answer.status_code == 409  # type: ignore[attr-defined] # Django's answer
    assert "Her sister may be told." in words_of(answer)
    assert "name an account" in words_of(answer)


def test_the_list_shows_own_reference_and_the_next_promise(tomas: Client, report_id: UUID) -> None:
    page = words_of(tomas.get("/partner/"))

    assert "HH-2041" in page
    assert "First reply: before" in page
    assert str(report_id) in tomas.get("/partner/").content.decode()


def test_another_partner_sees_nothing_of_it(victor: Client, report_id: UUID) -> None:
    assert "HH-2041" not in words_of(victor.get("/partner/"))
    forbidden = victor.get(f"/partner/report/{report_id}")
    missing = victor.get(f"/partner/report/{uuid4()}")
    assert forbidden.status_code == missing.status_code == 404
    assert forbidden.content == missing.content
    assert victor.get(f"/partner/report/{report_id}/proof.json").status_code == 404
    assert victor.post(f"/partner/report/{report_id}/say", {"text": "Hello."}).status_code == 404
    assert victor.post(f"/partner/report/{report_id}/vouch", {"account": "0", "reason": "x"}).status_code == 404


def test_a_missed_promise_is_said(tomas: Client, programme: Programme) -> None:
    file_report(tomas, danger="now")
    report_id = report_of(programme)
    later = clock.now() + timedelta(minutes=17)

    with clock.use(lambda: later):
        page = words_of(tomas.get(f"/partner/report/{report_id}"))
        listed = words_of(tomas.get("/partner/"))

    assert "We are late." in page or "we are late" in page
    assert "is late" in listed


def test_an_imminent_case_shows_when_it_escalates(tomas: Client, programme: Programme) -> None:
    file_report(tomas, danger="now")

    page = words_of(tomas.get(f"/partner/report/{report_of(programme)}"))

    assert "If nobody answers" in page
    assert "Everyone who can open it was called at once" in page


def test_the_conversation_goes_both_ways(tomas: Client, report_id: UUID, programme: Programme) -> None:
    key = str(new_id())
    for _ in range(2):
        tomas.post(f"/partner/report/{report_id}/say", {"text": "She is at a friend's.", "key": key, "end": "1"})
    ines = programme.desk("ines")
    (row,) = cases.queue_for(ines, "open", limit=10)
    work.take_case(row.case_id, ines)
    work.answer(row.case_id, report_id, "We are on it.", programme.desk("ines"), key=new_id())

    page = words_of(tomas.get(f"/partner/report/{report_id}"))

    assert page.count("She is at a friend&#x27;s.") == 1
    assert "We are on it." in page
    assert "Kept" in page


def test_an_empty_message_is_refused_and_the_page_stays(tomas: Client, report_id: UUID) -> None:
    answer = tomas.post(f"/partner/report/{report_id}/say", {"text": "  ", "end": "1"})

    assert answer.status_code == 409
    assert "Write something" in words_of(answer)


def test_the_proof_verifies_away_from_here(tomas: Client, report_id: UUID) -> None:
    answer = tomas.get(f"/partner/report/{report_id}/proof.json")

    verdict = proofs.verify_bundle(answer.content.decode(), pinned_key=audit.verifier_key())
    assert verdict.holds
    number = words_of(tomas.get(f"/partner/report/{report_id}")).partition("proof-")[2].partition(".json")[0]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="proof-{number}.json"'
    assert "amina" not in answer.content.decode()


def test_a_vouch_lets_the_defender_order_and_orders_nothing(
    tomas: Client, report_id: UUID, programme: Programme
) -> None:
    answer = tomas.post(
        f"/partner/report/{report_id}/vouch", {"account": "0", "reason": "We have known her for years."}
    )

    assert answer.status_code == 303
    assert not cases.conversation_for(report_id, programme.desk("tomas").ring).acts


@pytest.mark.parametrize("number", ["2", "-1", "x", "", "9" * 5000])
def test_only_an_account_of_the_report_is_vouched_for(tomas: Client, report_id: UUID, number: str) -> None:
    answer = tomas.post(f"/partner/report/{report_id}/vouch", {"account": number, "reason": "We know her."})

    assert answer.status_code == 404


def test_what_was_done_to_the_account_is_shown_with_what_is_open(
    tomas: Client, report_id: UUID, programme: Programme
) -> None:
    from safeconduct.domains.cases.services import protection  # noqa: PLC0415

    ines = programme.desk("ines")
    (row,) = cases.queue_for(ines, "open", limit=10)
    work.take_case(row.case_id, ines)
    account = cases.case_for(row.case_id, programme.desk("ines")).accounts[0]
    from safeconduct.connectors.port import AccountRef  # noqa: PLC0415

    named = AccountRef(account.platform, account.handle)
    cost = protection.cost(row.case_id, named, Bundle.SECURE_NOW, programme.desk("ines"))
    protection.order(
        row.case_id,
        account=named,
        bundle=Bundle.SECURE_NOW,
        proofs={Proof.RESPONDER_CHECK},
        who_else_sees=WhoElse.UNKNOWN,
        reason="By telephone.",
        cost_shown=cost.shown,
        desk=programme.desk("ines"),
        key=new_id(),
    )
    safety.carry_out()

    page = words_of(tomas.get(f"/partner/report/{report_id}"))

    assert page.count("Done, and checked") == 1
    assert "Lock the account" in page
    assert "Still open: One token may live for two hours." in page


def test_a_token_is_shown_once(tomas: Client) -> None:
    made = tomas.post("/partner/programs/token", {"label": "case system"})

    assert re.search(r"scp_[\w-]{43}", made.content.decode())
    later = tomas.get("/partner/programs").content.decode()
    assert "case system" in later
    assert "scp_" not in later


def test_a_token_is_revoked(tomas: Client) -> None:
    tomas.post("/partner/programs/token", {"label": "case system"})
    token = re.search(r'name="token" value="([^"]+)"', tomas.get("/partner/programs").content.decode())
    assert token

    assert tomas.post("/partner/programs/revoke", {"token": token[1]}).status_code == 303

    assert "There is none yet." in words_of(tomas.get("/partner/programs"))


def test_a_bell_is_set_and_emptied(tomas: Client) -> None:
    assert tomas.post("/partner/programs/bell", {"address": "https://harbour.example/bell"}).status_code == 303
    assert "https://harbour.example/bell" in tomas.get("/partner/programs").content.decode()

    tomas.post("/partner/programs/bell", {"address": ""})

    assert "harbour.example" not in tomas.get("/partner/programs").content.decode()


def test_a_wrong_address_is_refused_and_stays_to_be_corrected(tomas: Client) -> None:
    answer = tomas.post("/partner/programs/bell", {"address": "ftp://harbour.example"})

    assert answer.status_code == 409
    assert "ftp://harbour.example" in answer.content.decode()


def test_a_suspended_partner_is_not_let_in(tomas: Client, programme: Programme, report_id: UUID) -> None:
    partners.suspend(PARTNER_ID, by=programme.desk("leyla"))

    assert tomas.get("/partner/").status_code == 404
    assert tomas.get(f"/partner/report/{report_id}").status_code == 404


@pytest.mark.usefixtures("report_id")
def test_titles_and_addresses_say_nothing(tomas: Client) -> None:
    for path in ("/partner/", "/partner/file", "/partner/programs"):
        title = re.search(r"<title>(.*?)</title>", tomas.get(path).content.decode())
        assert title
        assert title[1] in {"Our cases", "File a report", "Programs"}


def test_cases_are_told_apart_by_their_own_reference_alone(tomas: Client, report_id: UUID) -> None:
    page = tomas.get(f"/partner/report/{report_id}").content.decode()

    assert "<title>Case HH-2041</title>" in page


def test_the_page_shows_the_whole_command_that_checks_the_proof(tomas: Client, report_id: UUID) -> None:
    page = html.unescape(tomas.get(f"/partner/report/{report_id}").content.decode())

    assert "./run safeconduct proof verify" in page
    assert f"--key {audit.verifier_key()}<" in page


def test_the_openapi_document_and_the_pages_agree_on_where_it_is(tomas: Client) -> None:
    assert json.loads(tomas.get("/api/v1/openapi.json").content)["openapi"] == "3.1.0"
