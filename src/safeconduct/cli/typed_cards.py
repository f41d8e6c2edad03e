"""Two paper cards typed at a terminal: unseen, a printed line at a time, and kept nowhere."""

from safeconduct.cli.screen import Screen
from safeconduct.kernel.errors import Refused
from safeconduct.vault import cards

HOW = """\
Two of the three paper cards are needed. Type the words of each, a printed line at
a time. Nothing you type is shown, and none of it is kept."""


def typed_cards(screen: Screen, how: str = HOW) -> list[str]:
    """Return two cards, each typed until it is as it was printed."""
    screen.say(how)
    return [_card(screen, number) for number in range(1, cards.NEEDED + 1)]


def _card(screen: Screen, number: int) -> str:
    """Return a card that was typed as it was printed; one that was not may be typed again."""
    while True:
        typed = _words(screen, number)
        try:
            cards.check(typed, number)
        except Refused as fault:
            screen.say(fault.sentence)
            if not screen.agree("Type this card again?"):
                raise
        else:
            return typed


def _words(screen: Screen, number: int) -> str:
    words: list[str] = []
    while len(words) < cards.WORDS:
        first = len(words) + 1
        line = screen.ask_hidden(f"Card {number}, words {first} to {first + cards.WORDS_A_LINE - 1}").split()
        unknown = cards.unknown_word(line)
        if unknown is None:
            words += line
        else:
            screen.say(f"Word {first + unknown} is on no card. Type the line again from word {first}.")
    return " ".join(words)
