"""What a program sends to appeal, and what it reads of its appeals."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from safeconduct.api.papers.taken import Language, Taken, Words
from safeconduct.domains.remedy.rules import Asks, Conclusion, Lane, Urgency
from safeconduct.domains.remedy.rules.appeals import LONGEST_WORDS

# Spelled out, because the document names each set once and reports have a stage too.
AppealStage = Literal["waiting", "taken", "decided"]


class NewAppeal(Taken):
    """What was decided wrongly, in your words. A second appeal against the same decision needs something new."""

    words: Annotated[Words, Field(min_length=1, max_length=LONGEST_WORDS, pattern=r"\S")]
    new_evidence: Annotated[Words, Field(max_length=LONGEST_WORDS)] = ""
    urgency: Urgency = Urgency.NONE
    language: Language = "en"


class AppealMessage(Taken):
    """Something to add to an appeal."""

    text: Annotated[Words, Field(min_length=1, max_length=LONGEST_WORDS, pattern=r"\S")]


class Appealed(Schema):
    """We have the appeal, and somebody who had nothing to do with the decision decides it by ``due_at``."""

    id: UUID
    lane: Lane
    due_at: datetime


class AppealLetter(Schema):
    """One message of an appeal. ``by_name`` is empty where you wrote it."""

    id: UUID
    at: datetime
    by_name: str
    text: str


class AppealAnswer(Schema):
    """What came of an appeal. ``read_back_at`` is when the platform itself showed that the change was carried out."""

    conclusion: Conclusion
    words: str
    by_name: str
    at: datetime
    read_back_at: datetime | None


class Appeal(Schema):
    """One of your appeals."""

    id: UUID
    stage: AppealStage
    lane: Lane
    filed_at: datetime
    due_at: datetime
    late: bool
    words: str
    new_evidence: str
    messages: list[AppealLetter]
    answer: AppealAnswer | None


class Recourse(Schema):
    """Whether you can appeal now, until when, and what became of earlier appeals."""

    asks: Asks
    until: datetime | None
    appeals: list[Appeal]


class Added(Schema):
    """Your message is in the appeal."""

    id: UUID
