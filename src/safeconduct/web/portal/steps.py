"""A report as forms: what each asks, what was typed, and what to look at again. No single answer is required."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from safeconduct.accounts.values import Exclusions
from safeconduct.connectors import registry
from safeconduct.domains.cases.rules import Danger, Threat, Want
from safeconduct.domains.cases.values import AccountNamed, Answers
from safeconduct.domains.safety.rules import WhoElse

Kept = Mapping[str, str | list[str]]


class Step(StrEnum):
    """One form. The first five follow each other; the others are short ways for someone who has no time."""

    HAPPENED = "1"
    WHO = "2"
    ACCOUNTS = "3"
    WANTS = "4"
    SEND = "5"
    DANGER = "danger"
    LOCK = "lock"


ROAD = (Step.HAPPENED, Step.WHO, Step.ACCOUNTS, Step.WANTS, Step.SEND)

_ACCOUNTS = ("platform", "mine", "others", "links", "who_else_sees")
_NOT_TOLD = ("not_person",)

# What each form asks: fields with one answer, then fields with several.
ONE: Mapping[Step, tuple[str, ...]] = {
    Step.HAPPENED: ("text",),
    Step.WHO: ("danger", "who_in_danger", "about", "country"),
    Step.ACCOUNTS: _ACCOUNTS,
    Step.WANTS: ("tell", *_NOT_TOLD),
    Step.SEND: ("invitation",),
    Step.DANGER: ("text", "who_in_danger", "platform", "mine", "invitation", *_NOT_TOLD),
    Step.LOCK: ("platform", "mine", "who_else_sees", "danger", "text", "invitation", *_NOT_TOLD),
}
SEVERAL: Mapping[Step, tuple[str, ...]] = {
    Step.HAPPENED: ("happened",),
    Step.WANTS: ("wants", "not_countries"),
    Step.DANGER: ("not_countries",),
    Step.LOCK: ("wants", "not_countries"),
}
# Any of these is enough for a person to begin with, and so is a danger on its own.
_TELLING = ("text", "who_in_danger", "mine", "others", "links", "tell")
_IN_DANGER = frozenset({Danger.NOW.value, Danger.TODAY.value, Danger.SOON.value})
# What choosing a short way already says.
GIVEN: Mapping[Step, Kept] = {
    Step.DANGER: {"danger": Danger.NOW.value},
    Step.LOCK: {"wants": [Want.SECURE.value]},
}


@dataclass(frozen=True)
class Remark:
    """Something to look at again. It never stops a report: the same button pressed again goes on."""

    field: str
    summary: str
    sentence: str


def typed(form: QueryDict, step: Step) -> dict[str, str | list[str]]:
    """Return what was typed in one form, as it was typed."""
    one: dict[str, str | list[str]] = {name: form.get(name, "") for name in ONE[step]}
    return one | {name: form.getlist(name) for name in SEVERAL.get(step, ())}


def after(step: Step) -> Step:
    """Return the next form of the road."""
    return ROAD[min(ROAD.index(step) + 1, len(ROAD) - 1)] if step in ROAD else step


def before(step: Step) -> Step | None:
    """Return the form before, or None at the beginning."""
    place = ROAD.index(step) if step in ROAD else 0
    return ROAD[place - 1] if place else None


def is_done(kept: Kept, step: Step, *, now: Step) -> bool:
    """Answer whether a form lies behind and was there to be filled in. A short way goes past forms unseen."""
    behind = step in ROAD and now in ROAD and ROAD.index(step) < ROAD.index(now)
    return behind and all(name in kept for name in (*ONE[step], *SEVERAL.get(step, ())))


def remarks(kept: Kept, step: Step) -> list[Remark]:
    """Return what looks wrong in one form. Whoever is in danger is never held up."""
    if step is Step.DANGER:
        return []
    fields = ONE[step]
    links = list(_about_links(kept)) if "links" in fields else []
    return [*_about_accounts(kept, [name for name in ("mine", "others") if name in fields]), *links]


def _about_links(kept: Kept) -> Iterator[Remark]:
    for number, link in enumerate(_one(kept, "links").splitlines(), start=1):
        if link.strip() and _looks_cut_off(link.strip()):
            words = {"number": number}
            yield Remark(
                "links",
                _("Link %(number)d looks cut off") % words,
                _("Line %(number)d ends early. Correct it, or leave it: we look for it ourselves.") % words,
            )


def _looks_cut_off(link: str) -> bool:
    host, _slash, _rest = link.split("://", 1)[-1].partition("/")
    name, dot, end = host.rpartition(".")
    return " " in link or not (name and dot and len(end) > 1)


def _about_accounts(kept: Kept, fields: list[str]) -> Iterator[Remark]:
    for field in fields:
        if any(" " in handle for handle in _lines(kept, field)):
            summary = _("An account name has a space in it")
            yield Remark(field, summary, _("Write one account on each line. If the space belongs there, go on."))


def says_nothing(kept: Kept) -> bool:
    """Answer whether nobody could act on it, nor write back: no words, no account, no link, no danger."""
    some = any(_one(kept, field) for field in _TELLING) or _several(kept, "happened")
    return not some and _one(kept, "danger") not in _IN_DANGER


def as_answers(kept: Kept, *, language: str) -> Answers:
    """Return the whole report as the case services take it. What is missing or unknown is left open."""
    danger, others = _one(kept, "danger"), _one(kept, "who_else_sees")
    return Answers(
        happened=tuple(Threat(value) for value in _several(kept, "happened") if value in set(Threat)),
        text=_one(kept, "text"),
        danger=Danger(danger) if danger in set(Danger) else Danger.UNSAID,
        who_in_danger=_one(kept, "who_in_danger"),
        accounts=(*_accounts(kept, "mine"), *_accounts(kept, "others")),
        links=tuple(_lines(kept, "links")),
        wants=tuple(Want(value) for value in _several(kept, "wants") if value in set(Want)),
        exclusions=Exclusions(countries=frozenset(_several(kept, "not_countries")), person=_one(kept, "not_person")),
        for_other=_one(kept, "about") == "other",
        tell=_one(kept, "tell"),
        language=language,
        country=_one(kept, "country"),
        who_else_sees=WhoElse(others) if others in set(WhoElse) else WhoElse.UNSAID,
    )


def _accounts(kept: Kept, field: str) -> Iterator[AccountNamed]:
    for handle in _lines(kept, field):
        yield AccountNamed(platform=_platform(kept), handle=_bare(handle), mine=field == "mine")


def _platform(kept: Kept) -> str:
    # With one platform nobody is asked which it is.
    known, asked = registry.platforms(), _one(kept, "platform")
    return asked if asked in known or not known else known[0]


def _bare(handle: str) -> str:
    # "@amina" is how people write it; "@amina:example.org" is a whole name on a platform of many servers.
    return handle if ":" in handle else handle.removeprefix("@")


def _one(kept: Kept, field: str) -> str:
    value = kept.get(field, "")
    return value.strip() if isinstance(value, str) else ""


def _several(kept: Kept, field: str) -> list[str]:
    value = kept.get(field, [])
    return value if isinstance(value, list) else []


def _lines(kept: Kept, field: str) -> list[str]:
    return [line.strip() for line in _one(kept, field).splitlines() if line.strip()]
