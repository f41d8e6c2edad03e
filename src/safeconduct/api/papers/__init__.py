"""What goes in and comes out of HTTP v1, field by field. A partner's program is written against these pages."""

from safeconduct.api.papers.appeals import (
    Added,
    Appeal,
    AppealAnswer,
    Appealed,
    AppealLetter,
    AppealMessage,
    NewAppeal,
    Recourse,
)
from safeconduct.api.papers.filing import NewMessage, NewReport
from safeconduct.api.papers.proofs import OurKeys, Proof
from safeconduct.api.papers.reports import (
    Act,
    Clock,
    Decided,
    Filed,
    FileName,
    Message,
    Messages,
    Report,
    Reports,
    Sent,
    Step,
    WholeReport,
)

__all__ = [
    "Act",
    "Added",
    "Appeal",
    "AppealAnswer",
    "AppealLetter",
    "AppealMessage",
    "Appealed",
    "Clock",
    "Decided",
    "FileName",
    "Filed",
    "Message",
    "Messages",
    "NewAppeal",
    "NewMessage",
    "NewReport",
    "OurKeys",
    "Proof",
    "Recourse",
    "Report",
    "Reports",
    "Sent",
    "Step",
    "WholeReport",
]
