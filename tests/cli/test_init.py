"""``safeconduct init`` founds a real programme or nothing at all, and leaves no secret on the screen."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.accounts import pins, queries, second_factor, services
from safeconduct.accounts.values import NOBODY_EXCLUDED, Joining, Standing
from safeconduct.cli import doctor, founders, handing_over, init
from safeconduct.cli.main import app
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.ids import new_id
from tests.cli.conftest import Script
from tests.programme import CHEAP

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "run-a-programme.md"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")
# What the guide calls each thing, and what doctor calls it.
MISSED = {
    "a second lead": "second lead",
    "a tested pager": "pager",
    "the hours": "stated hours",
    "the emergency list": "emergency list",
    "next steps outside": "next steps outside",
}
ANSWERS = ["leyla", "Leyla", "nl", "en,tr", "ines", "Ines", "", "en", "chiara", "Chiara", "", "", "kofi", "", "", ""]


class Hesitant(Script):
    """Says no to the first question and yes to the next."""

    def agree(self, _question: str) -> bool:
        self.consents = not self.consents
        return self.consents


@pytest.fixture
def folder(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFECONDUCT_DATA", str(data_folder))
    monkeypatch.setenv("SAFECONDUCT_DEMONSTRATION", "no")
    monkeypatch.setattr(services.found_programme, "__kwdefaults__", {"work": CHEAP})
    return data_folder


@pytest.mark.django_db(transaction=True)
def test_four_people_at_one_keyboard_found_a_programme(folder: Path) -> None:
    screen = Script([*ANSWERS])

    init.found(screen)

    assert {one.sign_in_name for one in queries.everyone()} == {"leyla", "ines", "chiara", "kofi"}
    assert {one.standing for one in queries.everyone()} == {Standing.READY}
    assert len(queries.people_who_can_open(queries.intake_recipients(NOBODY_EXCLUDED))) == 2
    assert json.loads((folder / "kind.json").read_text()) == {"kind": "programme"}


@pytest.mark.django_db(transaction=True)
def test_the_guide_counts_what_doctor_misses_after_init(folder: Path, settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined] # pytest-django's settings wrapper
    init.found(Script([*ANSWERS]))

    missing = {check.name for check, diagnosis in doctor.examined() if not diagnosis.well}

    guide = " ".join(GUIDE.read_text().split())
    [(number, named)] = re.findall(r"After `init` it misses (\w+) things: ([^.]+)\.", guide)
    told = {MISSED[each] for each in re.split(r",\s+(?:and\s+)?", named)}
    assert missing == told
    assert number == NUMBERS[len(missing)]


@pytest.mark.django_db(transaction=True)
def test_the_last_words_lead_to_doctor_and_to_the_cards_for_backups(folder: Path) -> None:
    screen = Script([*ANSWERS])

    init.found(screen)

    assert "safeconduct doctor" in screen.visible[-1]
    assert "safeconduct backup cards" in screen.visible[-1]


@pytest.mark.django_db(transaction=True)
def test_no_secret_stays_on_the_screen_or_in_a_file(folder: Path) -> None:
    screen = Script([*ANSWERS])

    init.found(screen)

    passphrases = [text.strip() for text in screen.shown if len(text.split()) == 6 and text.startswith("    ")]
    assert len(passphrases) >= 4
    assert not any(words in "\n".join(screen.visible) for words in passphrases)
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(words.encode() in kept for words in passphrases)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("folder")
def test_a_founding_cut_short_leaves_nothing() -> None:
    def gone(question: str) -> None:
        if "kofi may see" in question:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        init.found(Script([*ANSWERS], before_answer=gone))

    assert queries.everyone() == ()
    assert not pins.pins_file().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("folder")
def test_a_second_founding_is_refused_and_harms_nothing() -> None:
    init.found(Script([*ANSWERS]))

    with pytest.raises(Refused, match="founded already"):
        init.found(Script([*ANSWERS]))

    assert pins.pins_file().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("folder")
def test_a_founder_sees_the_list_and_corrects_one_entry() -> None:
    screen = Hesitant([*ANSWERS, "ines", "inez", "Inez", "pt", "sw"])

    init.found(screen)

    assert {one.sign_in_name for one in queries.everyone()} == {"leyla", "inez", "chiara", "kofi"}
    assert "  ines: Ines; no country said; reads English; appeal-reviewer, responder" in screen.shown
    assert "  inez: Inez; Portugal; reads Swahili; appeal-reviewer, responder" in screen.shown


@pytest.mark.one_database
def test_a_country_and_a_language_that_are_none_are_asked_for_again() -> None:
    screen = Script(["leyla", "Leyla", "xx", "nl", "qq, zz", "en,tr", *ANSWERS[4:]])

    first = founders.founders(screen)[0]

    assert (first.country, first.languages) == ("NL", ("en", "tr"))
    assert "  Not the code of a language: qq, zz. Codes are such as en, ar or sw." in screen.shown


@pytest.mark.one_database
@pytest.mark.parametrize("place", ["/proc/nope", "/etc/hostname"])
def test_a_folder_that_cannot_be_made_is_named(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_DATA", place)
    monkeypatch.setenv("SAFECONDUCT_DEMONSTRATION", "no")

    with pytest.raises(Unavailable, match=f"{place} cannot be made a folder"):
        init.found(Script([]))


@pytest.mark.one_database
def test_a_demonstration_is_refused(folder: Path) -> None:
    (folder / "kind.json").write_text('{"kind": "demonstration"}')

    with pytest.raises(Refused, match="demonstration"):
        init.found(Script([]))


@pytest.mark.one_database
def test_secrets_are_never_shown_to_a_pipe() -> None:
    done = CliRunner().invoke(app, ["init"])

    assert done.exit_code == 1
    assert "terminal" in done.output


@pytest.mark.one_database
def test_the_lead_and_the_second_member_may_be_custodians() -> None:
    people = founders.founders(Script(["leyla", "", "", "", "ines", "", "", "", "leyla", "ines"]))

    assert [len(person.roles) for person in people] == [4, 3]


class Typing(Script):
    """Types words in a way of its own once, and gives up at the next question for them."""

    def ask_hidden(self, _question: str) -> str:
        return self.answers.pop(0)


@pytest.mark.parametrize("typed", ["one yo-yo two t-shirt three four", "One yo yo  two t shirt three four"])
def test_words_with_a_hyphen_are_known_again_however_they_are_typed(typed: str) -> None:
    person = Joining(new_id(), "leyla", "one yo-yo two t-shirt three four", second_factor.new_secret())
    screen = Typing([typed])

    handing_over.show_to_person(screen, person)

    assert screen.answers == []


@pytest.mark.django_db(transaction=True)
def test_an_init_that_is_left_half_way_leaves_no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder / "anew"
    monkeypatch.setenv("SAFECONDUCT_DATA", str(place))

    with pytest.raises(Refused, match="Nothing was founded"):
        init.found(Script([*ANSWERS, ""], consents=False))

    assert not place.exists()


@pytest.mark.django_db(transaction=True)
def test_what_lay_in_the_folder_before_and_what_was_founded_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "kept").write_text("ours")
    with pytest.raises(Refused, match="Nothing was founded"):
        init.found(Script([*ANSWERS, ""], consents=False))
    place = folder / "anew"
    monkeypatch.setenv("SAFECONDUCT_DATA", str(place))
    monkeypatch.setattr(init, "AFTER", "{no_such_word}")

    with pytest.raises(KeyError):
        init.found(Script([*ANSWERS]))

    assert (folder / "kept").exists()
    assert (place / "kind.json").exists()


@pytest.mark.one_database
def test_whoever_mistypes_at_init_is_told_at_once_which_of_the_two_it_was() -> None:
    person = Joining(new_id(), "leyla", "one two three four five six", second_factor.new_secret())
    screen = Typing(["one two three four five sex", person.passphrase])

    handing_over.show_to_person(screen, person)

    assert "Those are not the six words that were shown. Look once more." in screen.shown
    assert screen.answers == []
