"""Somebody enrolled, and an asking at any step, as they come to be in use."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts.values import Exclusions
from safeconduct.domains.cases.queries import identities as queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.views import Known
from tests.domains.cases.making import MadeCase, make_case
from tests.programme import Programme

NAME = "Amina Tarhouni"
CONTACT = "+41 79 000 00 00, in the evening"
TOLD = services.Told(names=NAME, contacts=CONTACT, consent="She wrote: yes, so that you know me next time.")
REASON = "Somebody else writes in her name. I must ask her herself."


@dataclass
class Enrolled:
    """A case whose reporter is enrolled."""

    case: MadeCase
    pseudonym: str
    programme: Programme

    def known(self, who: str = "ines") -> Known:
        [reporter] = queries.reporters_of(self.case.id, self.programme.desk(who)).reporters
        assert reporter.known is not None
        return reporter.known


def enrol(programme: Programme, **answers: object) -> Enrolled:
    """Let Amina report, Ines take it, and Amina enrol through her."""
    case = make_case(programme, stage=Stage.TRIAGE, **answers)
    pseudonym = identities.enrol(case.id, case.report_id, TOLD, programme.desk("ines"))
    return Enrolled(case, pseudonym, programme)


def ask(enrolled: Enrolled, who: str = "ines", reason: str = REASON) -> UUID:
    return services.ask_for(enrolled.pseudonym, reason, by=enrolled.programme.desk(who))


def approved(enrolled: Enrolled, who: str = "ines") -> UUID:
    """Ask, and let one custodian of each bench approve."""
    asking = ask(enrolled, who)
    for custodian in ("chiara", "kofi"):
        services.approve(asking, by=enrolled.programme.desk(custodian))
    return asking


def nobody_from(country: str) -> Exclusions:
    return Exclusions(countries=frozenset({country}))
