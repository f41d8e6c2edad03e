"""Ordinary appeals for the tests of remedy."""

import secrets
from dataclasses import replace
from uuid import UUID, uuid4

from safeconduct.accounts import second_factor
from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk, NewPerson, Role
from safeconduct.domains.cases.rules import Reason, Stage
from safeconduct.domains.cases.services import decisions
from safeconduct.domains.cases.values import Decision
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.rules import Conclusion, Ground, Restriction, Said
from safeconduct.domains.remedy.values import Given, Plea, Receipt, Ruling
from safeconduct.domains.remedy.views import AppealView
from safeconduct.vault import queries as vault_queries
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import CHEAP, Programme

NO_ACTION = Decision(
    reason=Reason.RULES_ALLOW_IT,
    evidence=("the three posts",),
    words_for_reporter="The rules allow these posts, so nothing was done.",
)
SAID = Said(
    restriction=Restriction.CONTENT_REMOVED,
    what="your post of 19 November",
    facts="The post shows a street and a house number of another person.",
    ground=Ground.RULES,
    rule="Rule 4: no private addresses",
)
UPHELD = Ruling(Conclusion.UPHELD, "I looked at all of it. The rule was applied rightly.")
CHANGED = Ruling(
    Conclusion.CHANGED,
    "The first decision overlooked the second post.",
    reason=Reason.CONTENT_REMOVED,
    evidence=("the second post",),
    words_for_reporter="The posts are gone.",
)


def make_decided(
    programme: Programme, *, by: str = "ines", decision: Decision = NO_ACTION, kept: bool = True, **answers: object
) -> MadeCase:
    """Report as Amina and decide as ``by``; ``kept`` as the console does it, with the file for reviewers."""
    made = make_case(programme, stage=Stage.ACTING, by=by, **answers)  # type: ignore[arg-type] # checked by make_case
    decide = services.decide_case if kept else decisions.decide
    decide(made.id, decision, programme.desk(by))
    return made


def plea(words: str = "They only looked at the first post.", **more: object) -> Plea:
    return replace(Plea(words, key=uuid4()), **more)  # type: ignore[arg-type] # the fields of Plea


def appeal(made: MadeCase, said: Plea | None = None) -> Receipt:
    """Appeal as Amina, with her code."""
    return services.appeal_as_reporter(made.report_id, said or plea(), ring=made.ring, key=made.code.reporter)


def statement(programme: Programme, made: MadeCase, by: str = "ines") -> Given:
    return services.give_statement(made.id, SAID, programme.desk(by), nonce=secrets.token_bytes(32), language="en")


def appeal_with(given: Given, said: Plea | None = None, nonce: bytes | None = None) -> Receipt:
    """Appeal as the person acted on, with the code on their statement."""
    return services.appeal_as_acted_on(given.code, said or plea(), nonce=nonce or secrets.token_bytes(32))


def decided_appeal(programme: Programme, made: MadeCase, ruling: Ruling = UPHELD, by: str = "idris") -> Receipt:
    """Appeal as Amina and decide it."""
    receipt = appeal(made)
    services.take_appeal(receipt.appeal_id, programme.desk(by))
    services.decide_appeal(receipt.appeal_id, ruling, programme.desk(by))
    return receipt


def taken(receipt: Receipt, desk: Desk) -> AppealView:
    """Take an appeal, and read it as its reviewer does from then on."""
    services.take_appeal(receipt.appeal_id, desk)
    return queries.review_for(receipt.appeal_id, desk)


def opens(desk: Desk, envelope: UUID) -> bool:
    """Answer whether anything on this desk's ring opens an envelope."""
    return vault_queries.openable(desk.ring).filter(envelope_id=envelope).exists()


def joined(programme: Programme, sign_in_name: str, display_name: str, *more: Role) -> Desk:
    """Invite a reviewer from outside, and return their desk."""
    desk = accounts.session_from(joining(programme, sign_in_name, display_name, *more))
    assert isinstance(desk, Desk)
    return desk


def joining(programme: Programme, sign_in_name: str, display_name: str, *more: Role) -> str:
    """Invite a reviewer from outside, who accepts, is signed by two custodians, and signs in; return their cookie."""
    person = NewPerson(display_name, sign_in_name, frozenset({Role.APPEAL_REVIEWER, *more}))
    words = accounts.invite_member(person, by=programme.desk("leyla"))
    made = accounts.accept_invitation(words, work=CHEAP)
    accounts.sign_in(sign_in_name, made.passphrase, second_factor.code_now(made.second_factor_secret))
    sign(programme, made.member_id)
    return accounts.enter_as(made.sign_in_name, made.passphrase, made.second_factor_secret).cookie


def sign(programme: Programme, member_id: UUID) -> None:
    for name in ("chiara", "kofi"):
        words = programme.founded.person(name).passphrase
        accounts.sign_roster(member_id, passphrase=words, by=programme.desk(name))
