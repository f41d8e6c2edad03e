"""The tables of the room. In clear stands only what the table in DESIGN section 5 allows; the rest is sealed JSON."""

from safeconduct.domains.cases.models.cases import Case, Message, Report, WorkEntry
from safeconduct.domains.cases.models.door import Channel, Draft, Invitation, StoredFile
from safeconduct.domains.cases.models.exposure import Exposure
from safeconduct.domains.cases.models.flags import FlagsSeen
from safeconduct.domains.cases.models.keeping import ErasureWish, Hold
from safeconduct.domains.cases.models.link_records import LinkRecord
from safeconduct.domains.cases.models.pages import Page, PagerAddress, PagerTest

__all__ = [
    "Case",
    "Channel",
    "Draft",
    "ErasureWish",
    "Exposure",
    "FlagsSeen",
    "Hold",
    "Invitation",
    "LinkRecord",
    "Message",
    "Page",
    "PagerAddress",
    "PagerTest",
    "Report",
    "StoredFile",
    "WorkEntry",
]
