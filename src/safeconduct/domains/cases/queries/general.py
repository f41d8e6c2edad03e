"""What may go to the platform's general queue: the parts that reporters agreed to, and nothing else."""

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from pydantic import TypeAdapter

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.papers import TOLD, Told
from safeconduct.domains.cases.queries.acts import reports_for
from safeconduct.domains.cases.queries.consents import consent_in
from safeconduct.domains.cases.rules import Part
from safeconduct.domains.cases.values import AccountNamed, Answers, Consent, GeneralPacket
from safeconduct.vault import services as vault

_PACKETS: TypeAdapter[tuple[GeneralPacket, ...]] = TypeAdapter(tuple[GeneralPacket, ...])


def fingerprint_of(packets: Collection[GeneralPacket]) -> str:
    """Return what stands for these packets on a page, so that nothing else is handed over than it showed."""
    return sha256(_PACKETS.dump_json(tuple(packets))).hexdigest()


def packet_of(told: Told, consent: Consent) -> GeneralPacket:
    """Return the packet that these words of consent carry."""
    answers, parts = told.answers, consent.parts
    return GeneralPacket(
        language=answers.language,
        happened=answers.happened if Part.HAPPENED in parts else (),
        text=answers.text if Part.TEXT in parts else "",
        links=answers.links if Part.LINKS in parts else (),
        accounts=_as_told(answers) if Part.ACCOUNTS in parts else (),
    )


def _as_told(answers: Answers) -> tuple[AccountNamed, ...]:
    """Return the accounts that the reporter named: nobody agreed to what staff wrote down."""
    return tuple(each for each in answers.accounts if not each.written_by)


def packets_for(case_id: UUID, desk: Desk) -> tuple[GeneralPacket, ...]:
    """Return exactly what would be handed over of a case now, one packet for each reporter who agreed."""
    reports = reports_for(case_id, desk)
    envelopes = [report.conversation for report in reports]
    opened = vault.open(envelopes, ring=desk.ring, why="read what goes to the general queue")
    found = ((report, opened[report.conversation]) for report in reports if report.conversation in opened)
    read = ((TOLD.read(report.sealed, envelope, report.id), consent_in(report, envelope)) for report, envelope in found)
    return tuple(packet_of(told, consent) for told, consent in read if consent is not None and consent.agreed)
