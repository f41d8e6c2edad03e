"""The founding story, lived by a browser: from a report made in fear to a secured account."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.databases import own_postgresql
from tests.stories.served import Served, demonstration

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

FEAR = "نشروا عنوان بيتي ويهددون أخي. أدافع عن جيراني ضد الإخلاء."
ANSWER = "قرأتُ ما كتبتِ. الحساب مقفل الآن، ونبقى معك."


# Each story has a service of its own: in one that others used, a stranger's case could stand first in the queue.
@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with ExitStack() as held:
        database = held.enter_context(own_postgresql()).address if request.param == "postgresql" else ""
        yield held.enter_context(demonstration(tmp_path_factory.mktemp(request.param), database=database))


def photograph() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), (140, 90, 60)).save(kept, "JPEG")
    return kept.getvalue()


def amina_reports(amina: Page, served: Served) -> list[str]:
    """Report in Arabic without script, keep the Nairobi team out, and return the three lines of the code."""
    amina.goto(f"{served.address}/help?l=ar")
    amina.click("button[value=report]")
    amina.check("input[name=happened][value=T5]")
    amina.fill("textarea[name=text]", FEAR)
    amina.click("button[value=on]")
    amina.check("input[name=danger][value=today]")
    amina.click("button[value=on]")
    amina.fill("textarea[name=mine]", "amina")
    amina.check("input[name=who_else_sees][value=nobody]")
    amina.click("button[value=on]")
    amina.check("input[name=wants][value=secure]")
    amina.check("input[value=KE]")
    amina.click("button[value=on]")
    amina.set_input_files("#files", {"name": "my-door.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    amina.click("button[value=send]")
    return amina.locator(".keep.digits span").all_inner_texts()


def sign_in(page: Page, served: Served, who: str) -> None:
    page.goto(f"{served.address}/tour/")
    page.click(f"form[action='/tour/as/{who}/'] button")


def ines_secures(ines: Page) -> None:
    """Open the first case, take it, lift the veil, read the cost, and order."""
    ines.locator("a[href*='/console/cases/']").first.click()
    ines.get_by_role("button", name="Take this case").click()
    ines.get_by_role("button", name="Show the words").first.click()
    expect(ines.locator("main")).to_contain_text(FEAR)
    ines.get_by_role("link", name="Secure this account").or_(
        ines.get_by_role("button", name="Secure this account")
    ).click()
    expect(ines.locator("main")).to_contain_text("Devices signed in now: 3")
    ines.check("input[name=who_else_sees][value=nobody]")
    ines.check("input[name=proofs][value=responder-check]")
    ines.fill("textarea[name=reason]", "She asked for it. I compared the profile with her report.")
    ines.get_by_role("button", name="Secure this account now").click()


def test_a_report_made_in_fear_becomes_a_secured_account(served: Served, browser: Browser) -> None:
    amina = browser.new_context(java_script_enabled=False, locale="ar").new_page()
    lines = amina_reports(amina, served)
    assert [re.fullmatch(r"\d{3} \d{3} \d{4}", line) is not None for line in lines] == [True] * 3

    idris = browser.new_context().new_page()
    sign_in(idris, served, "idris")
    expect(idris.locator("a[href*='/console/cases/']")).to_have_count(0)

    ines = browser.new_context().new_page()
    sign_in(ines, served, "ines")
    ines_secures(ines)
    expect(ines.locator("main")).to_contain_text("Every step is done, and checked", timeout=20_000)

    platform = browser.new_context().new_page()
    platform.goto(f"{served.address}/tour/")
    platform.get_by_role("link", name="Open her account on Juniper Square").click()
    expect(platform.locator("body")).to_contain_text(re.compile("locked", re.IGNORECASE))

    ines.locator("a[href*='/console/cases/']").last.click()
    ines.fill("textarea#text", ANSWER)
    ines.get_by_role("button", name="Send", exact=True).click()
    expect(ines.locator("main")).to_contain_text("Ines")

    amina.click("button[value=enter]")
    expect(amina.locator("main")).to_contain_text(ANSWER)
    assert amina.url == f"{served.address}/help?l=ar"
    amina.context.close()

    back = browser.new_context(java_script_enabled=False).new_page()
    back.goto(f"{served.address}/help")
    back.click("button[value=code]")
    for number, line in enumerate(lines, start=1):
        back.fill(f"input[name=line{number}]", line)
    back.click("button[value=enter]")
    expect(back.locator("main")).to_contain_text("Done, and checked")
    assert served.command("audit", "verify").returncode == 0


def test_a_partner_watches_the_clock_and_proves_it_without_us(served: Served, browser: Browser, tmp_path: Path) -> None:
    tomas = browser.new_context(accept_downloads=True).new_page()
    sign_in(tomas, served, "tomas")
    tomas.goto(f"{served.address}/partner/file")
    tomas.check("input[name=danger][value=now]")
    tomas.fill("textarea[name=text]", "She was taken from her flat an hour ago.")
    tomas.fill("textarea[name=mine]", "amina")
    tomas.fill("[name=reference]", "HH-2041")
    tomas.get_by_role("button", name="Send the report").click()
    tomas.goto(f"{served.address}/partner/")
    expect(tomas.locator("main")).to_contain_text("HH-2041")
    tomas.locator("a[href*='/partner/report/']").first.click()
    with tomas.expect_download() as saved:
        tomas.get_by_role("link", name="Save the proof").click()
    proof = tmp_path / "proof.json"
    saved.value.save_as(proof)

    checked = served.command("proof", "verify", str(proof))

    assert checked.returncode == 0, checked.stdout + checked.stderr
    proof.write_text(proof.read_text().replace("report.received", "report.answered"))
    assert served.command("proof", "verify", str(proof)).returncode != 0


def test_a_partners_program_files_by_the_api_and_reads_only_its_own(served: Served, browser: Browser) -> None:
    tomas = browser.new_context().new_page()
    sign_in(tomas, served, "tomas")
    tomas.goto(f"{served.address}/partner/programs")
    tomas.fill("[name=label]", "intake")
    tomas.get_by_role("button", name="Make a token").click()
    token = re.findall(r"scp_[\w-]+", tomas.locator("main").inner_text())[0]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "second-report"}
    body = {"text": "Her second account is attacked too.", "danger": "soon", "reference": "HH-2042"}

    with httpx.Client(base_url=f"{served.address}/api/v1", headers=headers, timeout=60) as program:
        filed = program.post("/reports", json=body)
        again = program.post("/reports", json=body)
        listed = program.get("/reports")
        stranger = httpx.get(
            f"{served.address}/api/v1/reports", headers={"Authorization": "Bearer scp_" + "A" * 43}, timeout=60
        )

    assert (filed.status_code, again.json()["id"]) == (201, filed.json()["id"])
    assert "HH-2042" in listed.text
    assert FEAR not in listed.text
    assert stranger.status_code == 401


def test_victor_finds_nothing_anywhere(served: Served, browser: Browser) -> None:
    victor = browser.new_context().new_page()

    for path in ("/console/", "/partner/", "/console/cases/00000000-0000-4000-8000-000000000000"):
        victor.goto(served.address + path)
        assert victor.url.endswith("/sign-in")
    victor.goto(f"{served.address}/help")
    victor.click("button[value=code]")
    for number in (1, 2, 3):
        victor.fill(f"input[name=line{number}]", "000 000 0000")
    victor.click("button[value=enter]")

    expect(victor.locator("main")).not_to_contain_text("Your case\n")
    assert victor.context.cookies() == [] or all(each["name"] != "way" for each in victor.context.cookies())
