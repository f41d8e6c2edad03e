"""What Ines does against an attack, what its author does then, and what Leyla finds: steps of one story."""

from playwright.sync_api import Page, expect

from tests.stories.attack import Attack
from tests.stories.connected import Place

COPIED = "كتبوا: نعرف الباب الأزرق. نأتي في السادسة."
DECIDED = "الرسالة حُذفت والصورة مخفية، ومن كتبهما لا يستطيع الكتابة أسبوعًا. القرار لنا، ويمكنك الاعتراض."
CHANGED = "ما زالت الرسالة محذوفة. رفع مراجع آخر الوقف عن الحساب."


def ines_keeps_what_is_ciphertext(ines: Page, attack: Attack) -> None:
    """Copy the message that Amina named: nobody here can read it, and the page says so."""
    ines.get_by_role("link", name="Keep evidence").click()
    ines.fill("input[name=message-item]", attack.sealed_link)
    ines.fill("textarea[name=message-note]", "The threat that she names.")
    ines.get_by_role("button", name="Keep a copy of the message").click()
    expect(ines.locator("main")).to_contain_text("Ciphertext only.")


def ines_asks_for_a_copy(ines: Page) -> None:
    """Send the ready words, which are in Amina's language."""
    ines.get_by_role("link", name="Ask the reporter for a copy").click()
    assert "محادثة مشفَّرة" in ines.locator("textarea[name=text]").input_value()
    ines.get_by_role("button", name="Send", exact=True).click()
    expect(ines.locator("h1")).to_be_visible()


def amina_sends_it(amina: Page) -> None:
    """Open the case without script, read what is asked, and write what her own device shows."""
    amina.click("button[value=enter]")
    expect(amina.locator("main")).to_contain_text("محادثة مشفَّرة")
    amina.fill("textarea[name=text]", COPIED)
    amina.click("button[value=say]")
    expect(amina.locator("main")).to_contain_text(COPIED)


def ines_puts_it_beside(ines: Page) -> None:
    ines.reload()
    ines.get_by_role("link", name="Put beside it what they sent").click()
    ines.locator("input[name=sent]").first.check()
    ines.get_by_role("button", name="Put it beside").click()
    expect(ines.locator("main")).to_contain_text("Beside it: a message of the reporter")


def ines_reads_what_securing_costs(ines: Page, said: str) -> None:
    """Look at the cost page and go back; nothing is ordered."""
    case = ines.url.partition("#")[0]
    ines.get_by_role("button", name="Secure this account").click()
    expect(ines.locator("main")).to_contain_text(said)
    ines.goto(case)


def ines_acts_against(ines: Page, act: str, *, item: str = "", days: str = "", costs: str) -> None:
    """Choose an act, read what it costs and whether there is a way back, order it and see it read back."""
    ines.get_by_role("link", name="Act against an attack").click()
    ines.check(f"input[name=act][value='{act}']")
    ines.fill("input[name=item]", item)
    ines.select_option("select[name=days]", days)
    ines.fill("textarea[name=reason]", "Says where somebody lives and when they will come. Rule 4, threats.")
    ines.get_by_role("button", name="Show what it costs").click()
    expect(ines.locator("main")).to_contain_text(costs)
    ines.get_by_role("button", name="Do this now").click()
    expect(ines.locator("main")).to_contain_text("Every step is done, and checked.", timeout=60_000)
    ines.get_by_role("link", name="Back to the case").click()


def ines_decides(ines: Page) -> None:
    ines.get_by_role("link", name="Decide").click()
    ines.select_option("select[name=reason]", "attackers-limited")
    ines.fill("textarea[name=also_looked_at]", "The message, the picture, and her copy of the encrypted one.")
    ines.fill("textarea[name=words_for_reporter]", DECIDED)
    ines.get_by_role("button", name="Decide", exact=True).click()
    expect(ines.locator("main")).to_contain_text(DECIDED)


def ines_gives_reasons(ines: Page) -> None:
    """Have the homeserver put the reasons into the attacker's account; nobody here reads the code on them."""
    ines.get_by_role("link", name="Give reasons to the person acted on").click()
    ines.select_option("select[name=restriction]", "account-suspended")
    ines.fill("input[name=what]", "Your account, your picture and one of your messages")
    ines.fill("textarea[name=facts]", "They say where somebody lives and announce a visit.")
    ines.check("input[name=ground][value=rules]")
    ines.fill("input[name=rule]", "Rule 4, threats")
    ines.check("input[name=automated][value=none]")
    ines.select_option("select[name=language]", "en")
    ines.select_option("select[name=platform]", "matrix")
    ines.get_by_role("button", name="Write the statement").click()
    reads_until(ines, "Read back")


def reads_until(page: Page, said: str) -> None:
    """Load a page again until it says something: the worker acts beside it."""
    for _turn in range(60):
        if said in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"The page never said: {said}")


def the_attacker_appeals(theirs: Page, place: Place, attack: Attack) -> list[str]:
    """Type the code from the notice, without script, and return the lines of the appeal's own code."""
    type_code(theirs, place, attack.code())
    expect(theirs.locator("main")).to_contain_text("Rule 4, threats")
    theirs.fill("textarea[name=words]", "It was a line of a song. I ask you to look again.")
    theirs.check("input[name=urgency][value=none]")
    theirs.click("button[value=appeal-with-code]")
    return theirs.locator(".keep.digits span").all_inner_texts()


def type_code(page: Page, place: Place, lines: list[str]) -> None:
    page.goto(f"{place.address}/help")
    page.click("button[value=code]")
    for number, line in enumerate(lines, start=1):
        page.fill(f"input[name=line{number}]", line)
    page.click("button[value=enter]")


def leyla_finds_that_it_was_too_much(leyla: Page, place: Place) -> None:
    """Decide the appeal afresh: lift what can be lifted, see it read back, and only then say that it is done."""
    leyla.goto(f"{place.address}/console/appeals")
    leyla.locator("main a[href*='/console/appeals/']").first.click()
    leyla.get_by_role("button", name="Take this appeal").click()
    leyla.get_by_role("link", name="Decide the appeal").click()
    leyla.check("input[name=conclusion][value=changed]")
    leyla.fill("textarea[name=words]", "The account writes again and the picture is back. The message stays removed.")
    leyla.select_option("select[name=reason]", "content-removed")
    leyla.fill("textarea[name=evidence]", "The picture and both messages")
    for one in leyla.locator("input[name=undo]").all():
        # What a report asked for its own account is nothing that this appeal is about.
        if "Against an attack" in one.locator("xpath=ancestor::label").inner_text():
            one.check()
    leyla.fill("textarea[name=words_for_reporter]", CHANGED)
    leyla.get_by_role("button", name="Decide the appeal").click()
    reads_until(leyla, "Tell them that it is done")
    for _turn in range(60):
        leyla.get_by_role("button", name="Tell them that it is done").click()
        if "Whoever appealed was told." in leyla.locator("main").inner_text():
            return
        leyla.wait_for_timeout(500)
    raise AssertionError("The platform never confirmed what the appeal lifted.")
