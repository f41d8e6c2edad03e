"""Ordinary saved objects for the tests of every room: a programme with an open door, and a case at any stage."""

import secrets
from dataclasses import dataclass, field, replace
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.connectors import paging
from safeconduct.domains.cases.rules import (
    Assessment,
    Danger,
    Degree,
    Linkage,
    Reason,
    Stage,
    Threat,
    Want,
)
from safeconduct.domains.cases.services import channel, decisions, escalation, intake, work
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Answers, Contribution, Decision, Origin, Receipt
from safeconduct.kernel.actors import OPERATOR, Actor, ActorKind
from safeconduct.vault import CaseCode, Keyring
from tests.cast import PARTNER_NAME
from tests.kept import once_a_minute
from tests.programme import Programme, found

ANSWERS = Answers(
    happened=(Threat.T5,),
    text="They published where I live and wrote that they would come tonight, all three of them.",
    danger=Danger.SOON,
    accounts=(
        AccountNamed("juniper-square", "amina", mine=True),
        AccountNamed("juniper-square", "stranger", mine=False),
    ),
    links=("https://juniper.example/p/48812",),
    wants=(Want.SECURE, Want.REMOVE),
    language="ar",
)
ASSESSMENT = Assessment(scale=Degree.HIGH, scope=Degree.LOW, irremediability=Degree.HIGH, likelihood=Degree.HIGH)
DECISION = Decision(
    reason=Reason.CONTENT_REMOVED,
    evidence=("the three posts",),
    words_for_reporter="The three posts are gone.",
    words_for_acted_on="Your post broke the rule on private details.",
)


@dataclass
class KeptPages:
    """A pager that only remembers."""

    name: str = "kept"
    pages: list[paging.Page] = field(default_factory=list)

    def send(self, page: paging.Page) -> None:
        self.pages.append(page)

    def sent_to(self, address: str) -> list[paging.Page]:
        return [page for page in self.pages if page.address == address]


@dataclass
class MadeCase:
    """A case with what its reporter keeps."""

    receipt: Receipt
    answers: Answers

    @property
    def id(self) -> UUID:
        return self.receipt.case_id

    @property
    def report_id(self) -> UUID:
        return self.receipt.report_id

    @property
    def code(self) -> CaseCode:
        return self.receipt.code

    @property
    def ring(self) -> Keyring:
        """Return the ring of whoever holds the code."""
        key = self.code.reporter
        return Keyring(self.reporter, {key.recipient_id: key.key})

    @property
    def reporter(self) -> Actor:
        return Actor(ActorKind.REPORTER, self.report_id)


@once_a_minute
def make_programme(mode: str = "public") -> Programme:
    """Found the cast with a tested pager and an open door."""
    programme = found()
    open_door(programme, mode)
    return programme


def open_door(programme: Programme, mode: str = "public") -> None:
    """Try Ines's pager and open the channel."""
    pager = KeptPages()
    desk = programme.desk("ines")
    with paging.registered(pager):
        channel.set_pager_address(desk, pager.name, "ines")
        channel.try_pagers(desk)
        channel.confirm_pager(pager.pages[-1].number, desk)
    channel.open_channel(mode, by=OPERATOR)


def make_case(
    programme: Programme,
    *,
    stage: Stage = Stage.NEW,
    by: str = "ines",
    origin: Origin = ANONYMOUS,
    nonce: bytes | None = None,
    **answers: object,
) -> MadeCase:
    """Report as Amina and work on it as ``by`` until ``stage``. Keyword arguments change her answers."""
    told = replace(ANSWERS, **answers)  # type: ignore[arg-type] # the fields of Answers, checked by replace
    made = MadeCase(intake.file_report(told, nonce=nonce or secrets.token_bytes(32), by=origin), told)
    desk = programme.desk(by)
    for step in (Stage.TRIAGE, Stage.ACTING, Stage.DECIDED, Stage.CLOSED):
        if list(Stage).index(step) <= list(Stage).index(stage):
            _STEPS[step](made.id, desk)
    return made


def partner_origin(programme: Programme, reference: str = "HH-7") -> Origin:
    """Return Tomas's side of the door."""
    desk = programme.desk("tomas")
    assert desk.organisation is not None
    return Origin.partner(desk.organisation, name=PARTNER_NAME, reference=reference, actor=desk.actor)


def _take(case_id: UUID, desk: Desk) -> None:
    work.take_case(case_id, desk)


def _assess(case_id: UUID, desk: Desk) -> None:
    work.assess(case_id, ASSESSMENT, "What was written.", desk)


def _decide(case_id: UUID, desk: Desk) -> None:
    decisions.decide(case_id, DECISION, desk)


def _close(case_id: UUID, desk: Desk) -> None:
    contribution = Contribution(Linkage.MISSED_REPORT, "An earlier flag was closed unread.")
    decisions.close_case(case_id, contribution, feedback_asked=True, desk=desk)


_STEPS = {Stage.TRIAGE: _take, Stage.ACTING: _assess, Stage.DECIDED: _decide, Stage.CLOSED: _close}


def escalate_due() -> int:
    """Do what the two rounds do one after the other, and return how many people were woken."""
    escalation.raise_due_rungs()
    return escalation.send_waiting_pages()
