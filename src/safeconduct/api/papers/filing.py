"""What a program sends to report, and to write on."""

from typing import Annotated

from pydantic import Field, StrictBool

from safeconduct.api.papers.taken import Country, Language, Short, Taken, Words
from safeconduct.domains.cases.rules import Danger, Threat, Want
from safeconduct.domains.cases.rules.limits import LONGEST_MESSAGE, LONGEST_TEXT, MOST_ACCOUNTS, MOST_LINKS
from safeconduct.domains.safety.rules import WhoElse


class Account(Taken):
    """One account. ``mine``: to be protected. Otherwise it is one that attacks."""

    platform: Annotated[Words, Field(min_length=1, max_length=60)]
    handle: Annotated[Words, Field(min_length=1, max_length=200)]
    mine: StrictBool = True


class Exclude(Taken):
    """Who must not see this case: countries of our teams, and people, one name a line."""

    countries: Annotated[list[Annotated[str, Field(pattern="^[A-Z]{2}$")]], Field(max_length=50)] = []
    people: Annotated[Words, Field(max_length=1000)] = ""


class NewReport(Taken):
    """A report. Everything may be left out but the words or an account."""

    reference: Annotated[Words, Field(max_length=80, description="Your own number for it. We keep it sealed.")] = ""
    happened: Annotated[list[Threat], Field(max_length=12)] = []
    text: Annotated[Words, Field(max_length=LONGEST_TEXT)] = ""
    danger: Danger = Danger.UNSAID
    who_in_danger: Short = ""
    accounts: Annotated[list[Account], Field(max_length=MOST_ACCOUNTS)] = []
    links: Annotated[list[Annotated[Words, Field(max_length=2000)]], Field(max_length=MOST_LINKS)] = []
    wants: Annotated[list[Want], Field(max_length=6)] = []
    exclude: Exclude = Exclude()
    for_other: StrictBool = True
    tell: Annotated[Words, Field(max_length=1000, description="Who may be told, and how.")] = ""
    language: Language = "en"
    country: Country = ""
    who_else_sees: WhoElse = WhoElse.UNSAID


class NewMessage(Taken):
    """A message to the people who work on the case."""

    text: Annotated[Words, Field(min_length=1, max_length=LONGEST_MESSAGE, pattern=r"\S")]
    danger_now: StrictBool = False
