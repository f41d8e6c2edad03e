"""How much one report may hold. Generous for a person, too little for a flood."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from safeconduct.kernel.errors import Refused

LONGEST_TEXT = 20_000
LONGEST_MESSAGE = 10_000
MOST_ACCOUNTS = 100
MOST_LINKS = 100
MOST_FILES = 20
MOST_NAMES_LEFT_OUT = 20
# Four forms full: whoever holds a code cannot fill the disk with it, and what is written is never counted.
MOST_WAITING_BYTES = 100 * 1024 * 1024


class Short(StrEnum):
    """The answers that are a word, a line or a few, each by what a refusal calls it."""

    LEFT_OUT = "The answer to who must not see this"
    TELL = "The answer to how you can be told"
    WHO_IN_DANGER = "The answer to who is in danger"
    COUNTRY = "The country"
    LANGUAGE = "The language"
    PLATFORM = "The name of a platform"
    HANDLE = "The name of an account"
    LINK = "A link"


LONGEST = {
    Short.LEFT_OUT: 1000,
    Short.TELL: 2000,
    Short.WHO_IN_DANGER: 2000,
    Short.COUNTRY: 60,
    Short.LANGUAGE: 12,
    Short.PLATFORM: 60,
    Short.HANDLE: 200,
    Short.LINK: 2000,
}


def check_answers(text_length: int, accounts: int, links: int, files: int) -> None:
    """Refuse a report that holds more than a conversation can carry, and say what to leave for later."""
    if text_length > LONGEST_TEXT:
        raise Refused(
            "report.too-long",
            f"This text is longer than {LONGEST_TEXT} letters. Send the first part; the rest can follow as messages.",
        )
    if accounts > MOST_ACCOUNTS or links > MOST_LINKS:
        raise Refused(
            "report.too-many-accounts",
            f"Send at most {MOST_ACCOUNTS} accounts and {MOST_LINKS} links. The others can follow as messages.",
        )
    if files > MOST_FILES:
        raise Refused("report.too-many-files", f"Send at most {MOST_FILES} files. The others can follow as messages.")


def check_short_answers(answers: Mapping[Short, Iterable[str]]) -> None:
    """Refuse an answer that is longer than what is asked for: every one is read, compared and sealed as a whole."""
    for kind, texts in answers.items():
        if any(len(text) > LONGEST[kind] for text in texts):
            sentence = (
                f"{kind.value} is longer than {LONGEST[kind]} letters. Shorten it; the rest can go into the text."
            )
            raise Refused("report.too-long", sentence)
    if any(len(text.splitlines()) > MOST_NAMES_LEFT_OUT for text in answers.get(Short.LEFT_OUT, ())):
        sentence = f"Name at most {MOST_NAMES_LEFT_OUT} people who must not see this, one on a line."
        raise Refused("report.too-long", sentence)


def check_message(text: str, files: int) -> None:
    """Refuse an empty message, and one that is too long to read at once."""
    if not text.strip() and not files:
        raise Refused("message.empty", "Write something, or add a file.")
    if len(text) > LONGEST_MESSAGE:
        raise Refused(
            "message.too-long", f"This message is longer than {LONGEST_MESSAGE} letters. Send it in two parts."
        )
    if files > MOST_FILES:
        raise Refused("message.too-many-files", f"Send at most {MOST_FILES} files with one message.")


def check_waiting(waiting_bytes: int, coming_bytes: int) -> None:
    """Refuse files on top of many that nobody of us has answered yet. Words are never refused by it."""
    if coming_bytes and waiting_bytes + coming_bytes > MOST_WAITING_BYTES:
        sentence = "Many pictures wait here already. More can come once a person has answered; words can go now."
        raise Refused("message.files-wait", sentence)


def check_written(handle: str, source: str, *, count: int, named_already: bool) -> None:
    """Refuse to write down an account that has no name, says not where it was named, or is among those named."""
    if not 0 < len(handle) <= LONGEST[Short.HANDLE]:
        raise Refused("account.no-name", "Write the account's name as its platform writes it.")
    if not source.strip():
        raise Refused("account.no-source", "Write where they named it, such as which message.")
    if named_already:
        raise Refused("account.named-already", "This account is among those to protect already.")
    if count >= MOST_ACCOUNTS:
        raise Refused("account.too-many", "A report holds no more accounts than it has. Take one back first.")
