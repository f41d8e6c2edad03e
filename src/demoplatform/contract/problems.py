"""Saying no, as RFC 9457 problems."""


class ProblemError(Exception):
    """A refusal with a status, the contract's code and a sentence."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail

    def body(self) -> dict[str, object]:
        """Return the problem as the contract writes it."""
        return {
            "type": "about:blank",
            "title": self.code.replace("-", " ").capitalize(),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
