"""Shows each secret once, to its holder alone, and clears the screen after."""

from collections.abc import Sequence

from safeconduct.accounts import second_factor
from safeconduct.accounts.values import Founded, Joining, PaperCards
from safeconduct.cli.screen import Screen, qr_code
from safeconduct.vault import cards, passphrases


def hand_over(screen: Screen, founded: Founded) -> None:
    """Show every person what is theirs and every card to whoever keeps it."""
    for person in founded.people:
        show_to_person(screen, person)
    show_cards(screen, founded.cards)


def show_to_person(screen: Screen, person: Joining) -> None:
    """Show someone their words and their second factor until they have proved that they kept both."""
    screen.clear()
    screen.ask(f"Only {person.sign_in_name} may see the screen now. Press Enter when that is so", default="")
    while True:
        _show(screen, person)
        screen.ask("Press Enter once you have written down the words and scanned the code", default="")
        screen.clear()
        wrong = _wrong(screen, person)
        if not wrong:
            break
        screen.say(wrong)
    screen.clear()


def _show(screen: Screen, person: Joining) -> None:
    screen.say("Your six words. Write them on paper; nobody can tell you them again:\n")
    screen.say(f"    {person.passphrase}\n")
    screen.say("Your second factor. Scan this with an authenticator app, or type its letters:\n")
    screen.say(qr_code(second_factor.address_for_app(person.second_factor_secret, person.sign_in_name)))
    screen.say(f"    {second_factor.grouped(person.second_factor_secret)}\n")


def _wrong(screen: Screen, person: Joining) -> str:
    """Return what was not kept, as soon as that is known; empty when both were."""
    words = screen.ask_hidden("Your six words")
    if passphrases.settled(words) != passphrases.settled(person.passphrase):
        return "Those are not the six words that were shown. Look once more."
    code = screen.ask("The six digits that your app shows")
    if second_factor.step_of(person.second_factor_secret, code) is None:
        return "The words were right. The digits are not those that the app shows now. Look once more."
    return ""


def show_cards(screen: Screen, printed: tuple[PaperCards, ...]) -> None:
    """Show each paper card by itself: whoever sees two of three can open all of a team's work."""
    for team in printed:
        show_each(screen, f"team {team.team}", team.cards, "restore the team's key")


def show_each(screen: Screen, of: str, printed: Sequence[str], what_they_do: str) -> None:
    """Show the cards of one set, each to whoever keeps it and to nobody else."""
    for number, card in enumerate(printed, start=1):
        screen.clear()
        screen.ask(f"Card {number} of {len(printed)} of the {of}: only its keeper may look. Enter", default="")
        screen.say(_card(card))
        screen.say(f"\nAny {cards.NEEDED} of the {cards.CARDS} cards {what_they_do}. Keep them apart.")
        screen.ask("Press Enter once it is on paper", default="")
    screen.clear()


def _card(card: str) -> str:
    words = card.split()
    rows = [words[start : start + 3] for start in range(0, len(words), 3)]
    return "\n".join(
        "".join(f"{row * 3 + spot + 1:>5} {word:<10}" for spot, word in enumerate(line))
        for row, line in enumerate(rows)
    )
