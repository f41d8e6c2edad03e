"""What doctor looks at in this room: can the record be signed, and is it being signed."""

from dataclasses import dataclass
from datetime import timedelta

from safeconduct.audit import sequencer
from safeconduct.audit.models import Checkpoint, Entry, Waiting
from safeconduct.kernel import clock
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.kernel.errors import Unavailable

SOON = timedelta(minutes=5)
NEWEST = 1000


@dataclass(frozen=True)
class SignedRecord:
    """The record's key is here and fits, and its newest signature fits the tree."""

    name: str = "record"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Do what the sequencer does before it signs, and sign nothing."""
        if not Checkpoint.objects.exists():
            return Diagnosis("Nothing has been signed yet; the record's key is made with the first signature.")
        try:
            size = sequencer.signed_size()
        except Unavailable as fault:
            return Diagnosis("The record cannot be signed.", fault.sentence)
        return Diagnosis(f"The newest signature, over {size:,} entries, is ours and fits.")


@dataclass(frozen=True)
class SequencedRecord:
    """Entries find their place soon after they are written."""

    name: str = "record's rounds"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Look for an entry that has been waiting too long."""
        late = Waiting.objects.filter(at__lt=clock.now() - SOON).count()
        if late:
            sentence = "Start the service, whose rounds place them; see 'record' above if it is running."
            return Diagnosis(f"Entries have waited more than five minutes for their place: {late:,}.", sentence)
        return Diagnosis("No entry is waiting longer than it should.")


@dataclass(frozen=True)
class ClockNotBehind:
    """The clock is not behind what is written already: it ran ahead, or was set back."""

    name: str = "clock"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Look for an entry of a time that is still to come."""
        ahead = clock.now() + SOON
        newest = [*Entry.objects.order_by("-index").values_list("at", flat=True)[:NEWEST]]
        # Below nought are those that wait for midnight.
        newest += Waiting.objects.filter(number__gte=0).order_by("-number").values_list("at", flat=True)[:NEWEST]
        entries = sum(at > ahead for at in newest)
        if entries:
            sentence = "Set the clock by a time server. What was written keeps its order, and the times it was given."
            return Diagnosis(f"The clock is behind the record; entries from a time to come: {entries:,}.", sentence)
        return Diagnosis("Nothing is recorded for a time that is still to come.")


CHECKS: tuple[Check, ...] = (SignedRecord(), SequencedRecord(), ClockNotBehind())
