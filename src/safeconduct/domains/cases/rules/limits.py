"""How much one report may hold. Generous for a person, too little for a flood."""

from safeconduct.kernel.errors import Refused

LONGEST_TEXT = 20_000
LONGEST_MESSAGE = 10_000
MOST_ACCOUNTS = 100
MOST_LINKS = 100
MOST_FILES = 20


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
