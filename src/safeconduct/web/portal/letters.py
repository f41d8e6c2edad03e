"""What was written, newest first; all but our newest answer folded, because someone may look over her shoulder."""

from dataclasses import dataclass

from safeconduct.domains.cases.rules import Sender
from safeconduct.domains.cases.views import ConversationView, MessageView


@dataclass(frozen=True)
class Letter:
    """One message as it stands on the page."""

    message: MessageView
    folded: bool
    word_count: int
    kept: bool  # it cannot be deleted now

    @property
    def paragraphs(self) -> list[str]:
        """Return the text in paragraphs."""
        return [part for part in self.message.text.split("\n") if part.strip()]


def letters_of(view: ConversationView) -> list[Letter]:
    """Return the letters of a conversation. What is new since the reporter last wrote stands open."""
    letters, newer = [], True
    for message in reversed(view.messages):
        newer = newer and message.sender is not Sender.REPORTER
        kept = view.held or (view.files_held and bool(message.files))
        letters.append(Letter(message, folded=not newer, word_count=len(message.text.split()), kept=kept))
    return letters
