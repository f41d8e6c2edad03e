"""The three ways a call can fail on purpose. One handler turns them into pages and problem+json."""


class SafeconductError(Exception):
    """A failure with a sentence for a person.

    ``code`` is a stable dotted word for programs; ``sentence`` is a full sentence that says what to do and
    names no person.
    """

    def __init__(self, code: str, sentence: str) -> None:
        """Keep the code for programs and the sentence for people."""
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Refused(SafeconductError):
    """The rules say no, and the sentence says why."""


class NotAllowed(SafeconductError):
    """Not this actor. Raised alike for missing and forbidden, so that neither can be told from the other."""

    def __init__(self, code: str = "not-found", sentence: str = "There is nothing here for you.") -> None:
        """Answer the same for missing and forbidden unless a caller has good reason to say more."""
        super().__init__(code, sentence)


class Unavailable(SafeconductError):
    """Something outside did not answer. Nothing was changed unless the sentence says so."""
