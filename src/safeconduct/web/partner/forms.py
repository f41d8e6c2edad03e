"""What a partner typed into the form for a report, and the report it means. Only words or an account are needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import translation

from safeconduct.accounts.values import Exclusions
from safeconduct.connectors import registry
from safeconduct.domains.cases.rules import Danger, Threat, Want
from safeconduct.domains.cases.values import AccountNamed, Answers
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.web import language, nonces

LONGEST_REFERENCE = 80
ONE = (
    "reference",
    "text",
    "danger",
    "who_in_danger",
    "platform",
    "mine",
    "others",
    "links",
    "who_else_sees",
    "tell",
    "not_person",
    "country",
    "language",
)
SEVERAL = ("happened", "wants", "not_countries")


@dataclass(frozen=True)
class Form:
    """One report under way. The nonce makes the form sent twice one report."""

    nonce: bytes = field(repr=False)
    kept: Mapping[str, str | list[str]] = field(repr=False)

    @property
    def token(self) -> str:
        """Return the nonce as a hidden field carries it."""
        return nonces.written(self.nonce)

    @property
    def empty(self) -> bool:
        """Answer whether there is nothing yet that anyone could act on."""
        return not (self.one("text") or self.lines("mine") or self.lines("others"))

    @property
    def reference(self) -> str:
        """Return the organisation's own number for it."""
        return self.one("reference")[:LONGEST_REFERENCE]

    def one(self, name: str) -> str:
        """Return one field."""
        value = self.kept.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def several(self, name: str) -> list[str]:
        """Return the ticked choices of one group."""
        value = self.kept.get(name, [])
        return value if isinstance(value, list) else []

    def lines(self, name: str) -> list[str]:
        """Return what stands in an area, one a line."""
        return [line.strip() for line in self.one(name).splitlines() if line.strip()]


def fresh() -> Form:
    """Return a form that nobody has typed into."""
    kept = {"language": translation.get_language() or ""}
    return Form(nonces.fresh(), kept)


def received(request: HttpRequest) -> Form:
    """Return what was typed."""
    kept: dict[str, str | list[str]] = {name: request.POST.get(name, "") for name in ONE}
    return Form(
        nonces.read_or_fresh(request.POST.get("nonce", "")),
        kept | {name: request.POST.getlist(name) for name in SEVERAL},
    )


def answers_of(form: Form) -> Answers:
    """Return the report as the case services take it. What is missing or unknown is left open."""
    danger, others, spoken = form.one("danger"), form.one("who_else_sees"), form.one("language")
    return Answers(
        happened=tuple(Threat(value) for value in form.several("happened") if value in set(Threat)),
        text=form.one("text"),
        danger=Danger(danger) if danger in set(Danger) else Danger.UNSAID,
        who_in_danger=form.one("who_in_danger"),
        accounts=(*_accounts(form, "mine"), *_accounts(form, "others")),
        links=tuple(form.lines("links")),
        wants=tuple(Want(value) for value in form.several("wants") if value in set(Want)),
        exclusions=Exclusions(countries=frozenset(form.several("not_countries")), person=form.one("not_person")),
        for_other=True,
        tell=form.one("tell"),
        # It is kept in the clear, so it is one of ours and nothing that anybody wrote.
        language=spoken if spoken in language.offered() else translation.get_language() or language.offered()[0],
        country=form.one("country"),
        who_else_sees=WhoElse(others) if others in set(WhoElse) else WhoElse.UNSAID,
    )


def _accounts(form: Form, name: str) -> Iterator[AccountNamed]:
    known, asked = registry.platforms(), form.one("platform")
    platform = asked if asked in known or not known else known[0]
    for handle in form.lines(name):
        # "@amina" is how people write it; "@amina:example.org" is a whole name on a platform of many servers.
        bare = handle if ":" in handle else handle.removeprefix("@")
        yield AccountNamed(platform=platform, handle=bare, mine=name == "mine")
