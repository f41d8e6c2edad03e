"""What others read from cases: queue rows, case files, conversations. All of it was opened for someone."""

from safeconduct.domains.cases.views.case import (
    AssessmentView,
    CaseView,
    EvidenceView,
    NoteView,
    ReportView,
    SecondView,
    SentView,
    TimelineEntry,
)
from safeconduct.domains.cases.views.conversation import (
    ConversationView,
    DecisionView,
    FileView,
    MessageView,
    PartnerRow,
    Reader,
    ReaderKind,
)
from safeconduct.domains.cases.views.queue import ChannelView, Group, PageView, QueueRow, QueueView
from safeconduct.domains.cases.views.record import RecordedEntry, RecordView

__all__ = [
    "AssessmentView",
    "CaseView",
    "ChannelView",
    "ConversationView",
    "DecisionView",
    "EvidenceView",
    "FileView",
    "Group",
    "MessageView",
    "NoteView",
    "PageView",
    "PartnerRow",
    "QueueRow",
    "QueueView",
    "Reader",
    "ReaderKind",
    "RecordView",
    "RecordedEntry",
    "ReportView",
    "SecondView",
    "SentView",
    "TimelineEntry",
]
