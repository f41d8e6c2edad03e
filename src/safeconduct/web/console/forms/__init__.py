"""The forms of the console: each asks one thing, keeps what was typed, and says in words what is missing."""

from safeconduct.web.asked import trying
from safeconduct.web.console.forms.acting import ConfirmForm, LiftForm, OrderForm, UndoForm
from safeconduct.web.console.forms.calling import PagerForm, PagerNumberForm
from safeconduct.web.console.forms.deciding import CloseForm, DecideForm, RestrictForm, ToldByLawForm
from safeconduct.web.console.forms.keeping import BesideForm, CopyMessageForm, KeepFileForm, KeepTextForm, SnapshotForm
from safeconduct.web.console.forms.passing import AskConsentForm
from safeconduct.web.console.forms.working import (
    AnswerForm,
    AssessForm,
    HandOverForm,
    LinkForm,
    LowerTogetherForm,
    MitigatedForm,
    NoteForm,
    StepBackForm,
    SummaryForm,
)

__all__ = [
    "AnswerForm",
    "AskConsentForm",
    "AssessForm",
    "BesideForm",
    "CloseForm",
    "ConfirmForm",
    "CopyMessageForm",
    "DecideForm",
    "HandOverForm",
    "KeepFileForm",
    "KeepTextForm",
    "LiftForm",
    "LinkForm",
    "LowerTogetherForm",
    "MitigatedForm",
    "NoteForm",
    "OrderForm",
    "PagerForm",
    "PagerNumberForm",
    "RestrictForm",
    "SnapshotForm",
    "StepBackForm",
    "SummaryForm",
    "ToldByLawForm",
    "UndoForm",
    "trying",
]
