"""What comes in from outside: answers of a report, where it came from, assessments and decisions. Plain values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from safeconduct.accounts.values import NOBODY_EXCLUDED, Exclusions
from safeconduct.domains.cases.rules import Danger, Linkage, OriginKind, Part, Reason, Sender, Severity, Threat, Want
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel.actors import Actor
from safeconduct.vault import CaseCode, Recipient, SealedFile


@dataclass(frozen=True)
class AccountNamed:
    """An account in a report. ``mine`` is one to protect; otherwise it attacks.

    ``written_by`` is the colleague who wrote it down, at ``written_at``, where its reporter named it only in words.
    """

    platform: str
    handle: str
    mine: bool
    written_by: str = field(default="", compare=False)
    written_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Answers:
    """What a reporter said. Every question may be skipped, so every answer has its empty form."""

    happened: tuple[Threat, ...] = ()
    text: str = ""
    danger: Danger = Danger.UNSAID
    who_in_danger: str = ""
    accounts: tuple[AccountNamed, ...] = ()
    links: tuple[str, ...] = ()
    wants: tuple[Want, ...] = ()
    exclusions: Exclusions = NOBODY_EXCLUDED
    for_other: bool = False
    tell: str = ""
    language: str = "en"
    country: str = ""
    who_else_sees: WhoElse = WhoElse.UNSAID


@dataclass(frozen=True)
class Origin:
    """By which way a report came. Use ``ANONYMOUS``, ``Origin.partner`` or ``Origin.invited``."""

    kind: OriginKind
    organisation: Recipient | None = field(default=None, repr=False)  # under its blind id
    partner_name: str = ""
    reference: str = ""
    actor: Actor | None = None
    invitation: str = field(default="", repr=False)

    @classmethod
    def partner(cls, organisation: Recipient | None, *, name: str, actor: Actor, reference: str = "") -> "Origin":
        """Return the origin of a report filed by a partner; ``organisation`` is ``desk.organisation``.

        ``actor`` is the member or the program that filed, ``reference`` the partner's own number for it.
        """
        return cls(OriginKind.PARTNER, organisation=organisation, partner_name=name, reference=reference, actor=actor)

    @classmethod
    def invited(cls, words: str) -> "Origin":
        """Return the origin of a report by someone who was given an invitation."""
        return cls(OriginKind.INVITED, invitation=words)


ANONYMOUS = Origin(OriginKind.ANONYMOUS)


@dataclass(frozen=True)
class Receipt:
    """What whoever filed is given: the code, once, and by when a person answers. ``first`` is False for a repeat."""

    code: CaseCode = field(repr=False)
    report_id: UUID
    case_id: UUID
    number: str
    severity: Severity
    received_at: datetime
    reply_due: datetime
    settle_due: datetime
    first: bool


@dataclass(frozen=True)
class Draft:
    """A report under way, as last kept. ``answers`` is whatever the form put there.

    ``gone`` counts the pictures that had to give way to others' since.
    """

    answers: Mapping[str, Any] = field(repr=False)
    files: tuple[SealedFile, ...]
    ends_at: datetime
    gone: int = 0


@dataclass(frozen=True)
class Decision:
    """What was decided and why, with words for each side. ``words_for_acted_on`` is empty when nobody is acted on."""

    reason: Reason
    evidence: tuple[str, ...]
    words_for_reporter: str
    words_for_acted_on: str = ""


@dataclass(frozen=True)
class Consent:
    """What a reporter was asked about the platform's general queue, by whom, and what they said to it.

    Nobody on our side can answer: ``agreed`` is None until the reporter, or the partner who filed, has said so.
    """

    parts: tuple[Part, ...]
    question: str = field(repr=False)
    asked_by: str
    asked_at: datetime
    agreed: bool | None = None
    answered_by: Sender | None = None
    answered_at: datetime | None = None
    handed_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Return what stands for the very question on a page, so that a yes never lands on another one."""
        asked = [list(self.parts), self.question, self.asked_by, self.asked_at.isoformat()]
        return sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True)
class GeneralPacket:
    """What goes to the platform's general queue of one report: the parts its reporter agreed to, never who sent it."""

    language: str
    happened: tuple[Threat, ...] = ()
    text: str = field(default="", repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)
    accounts: tuple[AccountNamed, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Contribution:
    """Whether the platform contributed to the harm, and in which way."""

    linkage: Linkage
    words: str = ""
