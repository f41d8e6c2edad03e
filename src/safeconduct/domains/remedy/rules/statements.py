"""What a person acted on is told, and the words that must never stand in it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.domains.remedy.rules.folding import folded, joined
from safeconduct.kernel.errors import Refused

LONGEST_FACTS = 2_000
LONGEST_RULE = 300
RUN = 4  # words in a row that stand in the report too
TELLING_LENGTH = 3


class Restriction(StrEnum):
    """What was done to somebody's content or account."""

    CONTENT_REMOVED = "content-removed"
    CONTENT_DISABLED = "content-disabled"
    CONTENT_DEMOTED = "content-demoted"
    ACCOUNT_LIMITED = "account-limited"
    ACCOUNT_SUSPENDED = "account-suspended"
    ACCOUNT_CLOSED = "account-closed"


# What is done to somebody as a whole, where there is nothing more to name.
OF_THE_ACCOUNT = frozenset({Restriction.ACCOUNT_LIMITED, Restriction.ACCOUNT_SUSPENDED, Restriction.ACCOUNT_CLOSED})


class Ground(StrEnum):
    """On what it rests: the law, or the platform's own rules."""

    LAW = "law"
    RULES = "rules"


class Automated(StrEnum):
    """What part machines had."""

    NONE = "none"
    FINDING = "finding"
    DECIDING = "deciding"


@dataclass(frozen=True)
class Said:
    """What whoever writes a statement says; the rest of it is ours. ``where`` and ``until`` may be left open.

    ``what`` too, where it is their whole account.
    """

    restriction: Restriction
    what: str  # which content or account, as its owner knows it
    facts: str
    ground: Ground
    rule: str  # which law or which rule
    automated: Automated = Automated.NONE
    where: str = ""
    until: str = ""

    @property
    def own_words(self) -> str:
        """Return everything that a person wrote."""
        return f"{self.what}\n{self.facts}\n{self.rule}\n{self.where}\n{self.until}"


# That somebody reported, that somebody is protected, or how we came to look.
_TELLING = re.compile(
    r"\b(report(s|ed|er|ers|ing)?|complain\w*|flagged|notified\s+us|told\s+us|wrote\s+to\s+us|asked\s+us|"
    r"brought\s+to\s+our\s+(attention|notice)|tip(ped)?\s*-?\s*off|on\s+behalf\s+of|at\s+the\s+request\s+of|"
    r"defenders?|activists?|journalists?|human\s+rights|protect(ed|ion|ing|s)?|vulnerable|at\s+risk|helplines?|"
    r"partners?|informants?|trusted\s+flaggers?|safeconduct|victims?)\b|"
    r"أبلغ|بلاغ|إبلاغ|شكوى|اشتك|مدافع|ناشط|حقوق الإنسان|محمي|حماية|شريك|ضحية"
)
_WORD = re.compile(r"\w+")


def check_decided(*, decided: bool) -> None:
    """Refuse reasons for what nobody has decided: an appeal against it could neither be changed nor returned."""
    if not decided:
        raise Refused("statement.nothing-decided", "Decide the case first. Then the reasons can be given.")


def check_same(*, same: bool) -> None:
    """Refuse to send a form again with other words: its code opens the ones that were kept."""
    if not same:
        sentence = "This form gave reasons already, in other words. Open the page anew to give others, with a new code."
        raise Refused("statement.another", sentence)


def check_sent_to(*, named: bool, theirs: bool, takes_notices: bool) -> None:
    """Refuse to send a statement to nobody, to whoever wrote to us, or where no notice can be put into an account."""
    if not named:
        raise Refused("statement.to-nobody", "Name the account on its platform, or choose to hand the statement over.")
    if theirs:
        raise Refused("statement.to-the-reporter", "This account belongs to whoever wrote to us. Name the other one.")
    if not takes_notices:
        sentence = "This platform puts no notice into an account. Choose to hand the statement over instead."
        raise Refused("statement.takes-no-notices", sentence)


def check_said(said: Said) -> None:
    """Refuse a statement that leaves out what the law asks for, or is longer than anybody reads."""
    named = said.what.strip() or said.restriction in OF_THE_ACCOUNT
    if not (named and said.facts.strip() and said.rule.strip()):
        sentence = "Say to what it was done, on which facts it rests, and which law or rule they break."
        raise Refused("statement.incomplete", sentence)
    if len(said.facts) > LONGEST_FACTS or max(map(len, (said.what, said.rule, said.where, said.until))) > LONGEST_RULE:
        raise Refused("statement.too-long", "This is too long. Say it in fewer words.")


def check_tells_nothing(words: str, *, protected: Collection[str], reported: Collection[str]) -> None:
    """Refuse words that would show a report, whom we protect, or who told us.

    ``protected`` are names, handles and numbers; ``reported`` is what reporters wrote. A person writes the words; this
    catches the slip of a tired evening, not every hint.
    """
    told = folded(words)
    whole = joined(told)
    if _TELLING.search(told) or _TELLING.search(whole):
        tells = "This would show that somebody wrote to us, or that we protect someone. Say only what was seen there."
        raise Refused("statement.tells-of-a-report", tells)
    if _names_any(told, protected) or _names_any(whole, protected):
        names = "This names somebody we protect, or who wrote to us. Leave out the name, the handle or the number."
        raise Refused("statement.names-somebody", names)
    if {*_runs(told), *_runs(whole)} & {run for text in reported for run in _all_runs(text)}:
        sentence = "Some of these words stand in what was written to us. Say in other words what was seen there."
        raise Refused("statement.quotes-the-report", sentence)


def _names_any(words: str, protected: Collection[str]) -> bool:
    told = " ".join(_words(words))
    padded = f" {told} "
    parts = (" ".join(_words(name)) for name in protected)
    return any(f" {part} " in padded or f" {_bare(part)} " in padded for part in parts if len(part) >= TELLING_LENGTH)


def _bare(name: str) -> str:
    # "amina juniper example" is how "@amina:juniper.example" reads word by word; her handle alone tells as much.
    first = name.split(" ", 1)[0]
    return first if len(first) >= TELLING_LENGTH else name


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _all_runs(text: str) -> set[tuple[str, ...]]:
    return {*_runs(text), *_runs(joined(folded(text)))}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
