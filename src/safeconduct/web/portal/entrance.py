"""What the door asks before a report is taken: usually nothing; when too many come at once, one small question."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from safeconduct.domains.cases import door
from safeconduct.domains.cases.challenges import Challenge
from safeconduct.domains.cases.challenges import Question as Kind
from safeconduct.domains.cases.door import Lane
from safeconduct.web.privacy import doorstep


@dataclass(frozen=True)
class Question:
    """What stands between a report and being sent. Without a token there is nothing to answer, only files to leave."""

    token: str
    words: str
    no_files: bool


@dataclass(frozen=True)
class Passage:
    """Whether a report may go: what has to be answered first, or the token of the answer that let it through."""

    question: Question | None = None
    token: str = ""

    def give_back(self) -> None:
        """Let the answer serve again, since the report was refused: nothing is used up by what was never kept."""
        if self.token:
            door.give_back(self.token)


def passage(request: HttpRequest, *, with_files: bool) -> Passage:
    """Return what has to be answered first, or how the report was let through."""
    token = request.POST.get("question", "")
    if not (with_files and door.flooding()) and door.answered(token, request.POST.get("answer", "")):
        return Passage(token=token)
    return Passage(_question(request, with_files=with_files))


def _question(request: HttpRequest, *, with_files: bool) -> Question | None:
    knock = door.knock(Lane.ANONYMOUS, doorstep(request))
    no_files = with_files and not knock.files
    if knock.challenge is None:
        return Question("", "", no_files) if no_files else None
    return Question(knock.challenge.token, _words(knock.challenge), no_files)


def _words(challenge: Challenge) -> str:
    numbers = ", ".join(str(number) for number in challenge.numbers)
    words = {
        Kind.ADD: _("Add these numbers: %(numbers)s."),
        Kind.LARGEST: _("Which is the largest of these numbers: %(numbers)s?"),
        Kind.SMALLEST: _("Which is the smallest of these numbers: %(numbers)s?"),
    }
    return words[challenge.kind] % {"numbers": numbers}
