"""One order on its way through the platform: what stands in the way of each act, the act, and the truth about it."""

from dataclasses import dataclass, replace

from safeconduct.connectors.port import (
    UNDONE_BY,
    AccountState,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Capability,
    Connector,
    Result,
    Snapshot,
)
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety import notices, rules, sentences
from safeconduct.domains.safety.records import Parcel, Record, StepRecord
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.services.whose import look_whose
from safeconduct.kernel import clock

TRIES_OF_A_STEP = 3
STATUS_OF = {
    Result.DONE_AND_CHECKED: StepStatus.DONE_AND_CHECKED,
    Result.SENT_NOT_CHECKED: StepStatus.SENT,
    Result.NOT_DONE: StepStatus.NOT_DONE,
    Result.NOT_CONFIRMED: StepStatus.NOT_CONFIRMED,
    Result.TRIAL: StepStatus.NOT_DONE,
}


@dataclass(frozen=True)
class Hindrance:
    """Why an act is not even tried."""

    status: StepStatus
    why: Sentence


@dataclass
class Errand:
    """An order that this process is carrying out now. It talks to the platform and touches no table."""

    parcel: Parcel
    record: Record
    connector: Connector
    capabilities: Capabilities
    state: AccountState

    @classmethod
    def begun(cls, parcel: Parcel, record: Record, connector: Connector) -> "Errand":
        """Ask the platform what it can do and how the account stands; ``Unavailable`` if it is silent."""
        errand = cls(parcel, record, connector, connector.capabilities(), connector.account(parcel.account.handle))
        errand.tell_what_never_comes()
        return errand

    def tell_what_never_comes(self) -> None:
        """Say of what waits for a person, and could not be done by one either, that it is not done."""
        for step in self.record.steps:
            if step.status is StepStatus.HELD and not self.capabilities.can(step.act):
                step.why = None
                step.settle(StepStatus.NOT_DONE, sentences.PLATFORM_CANNOT)

    def take(self, step: StepRecord) -> Snapshot | None:
        """Do one act unless something stands in its way, and return what was kept of the account before it."""
        hindrance = self._hindrance(step)
        if hindrance:
            step.settle(hindrance.status, hindrance.why)
            return None
        if not step.tries:
            step.seen = self.connector.cost(step.act, self.parcel.account.handle).seen
        step.tries += 1
        return self._note(step, self._act(step))

    def _act(self, step: StepRecord) -> ActRecord:
        order = ActOrder(act=step.act, handle=self.parcel.account.handle, key=step.key, item=self.parcel.item)
        if self.parcel.undoing:
            return self.connector.undo(replace(order, act=UNDONE_BY[step.act]))
        if step.act is ActKind.NOTICE_SEND:
            words = notices.words_of_notice(self.parcel.bundle, language=self.parcel.language)
            return self.connector.perform(replace(order, words=words))
        if step.act in {ActKind.ACCOUNT_LOCK, ActKind.ACCOUNT_SUSPEND}:
            return self.connector.perform(replace(order, until=self.parcel.until))
        return self.connector.perform(order)

    def _note(self, step: StepRecord, told: ActRecord) -> Snapshot | None:
        step.act_record = replace(told, evidence=None)
        step.status = _truth(told)
        step.read_back_at = told.read_back_at
        step.why = None if step.status is StepStatus.DONE_AND_CHECKED else told.sentence
        unsure = step.status in {StepStatus.NOT_DONE, StepStatus.NOT_CONFIRMED}
        step.settled = not unsure or step.tries >= TRIES_OF_A_STEP
        return told.evidence

    def _hindrance(self, step: StepRecord) -> Hindrance | None:
        if not self.state.exists:
            return Hindrance(StepStatus.NOT_DONE, sentences.NO_SUCH_ACCOUNT)
        if not self.capabilities.can(step.act):
            return Hindrance(StepStatus.NOT_DONE, sentences.PLATFORM_CANNOT)
        if step.act is not ActKind.ACCOUNT_LOCK and self.record.lock_waits:
            # What does not come back waits with the lock: whoever knows the password would walk in again.
            return Hindrance(StepStatus.HELD, sentences.WAITS_FOR_THE_LOCK)
        # A second try of the same lock must not take the first try for an earlier lock.
        if step.act is ActKind.ACCOUNT_LOCK and not step.tries and not self.parcel.undoing:
            return self._lock_hindrance()
        # A second try may find nothing left to ask about; the first try asked.
        if self.parcel.bundle is rules.Bundle.RESTRAIN and not step.tries and not self.parcel.undoing:
            return self._whose_hindrance(step)
        return None

    def _whose_hindrance(self, step: StepRecord) -> Hindrance | None:
        order = ActOrder(step.act, self.parcel.account.handle, step.key, item=self.parcel.item)
        why = look_whose(self.connector, order, self.parcel.protected).hindrance
        return Hindrance(StepStatus.NOT_DONE, why) if why else None

    def _lock_hindrance(self) -> Hindrance | None:
        if self.parcel.confirms:
            return None
        if self.parcel.until and Capability.ACCOUNT_LOCK_UNTIL not in self.capabilities.offered:
            return Hindrance(StepStatus.HELD, sentences.CANNOT_LAPSE)
        needs_a_person = rules.lock_needs_a_person(
            by=self.parcel.part,
            last_locked_at=self.state.last_locked_at,
            knows_earlier=Capability.ACCOUNT_LOCK_HISTORY in self.capabilities.offered,
            now=clock.now(),
        )
        return Hindrance(StepStatus.HELD, sentences.NEEDS_A_PERSON) if needs_a_person else None


def _truth(told: ActRecord) -> StepStatus:
    # "Done" without the moment at which the platform was read back is a word, not a fact.
    if told.result is Result.DONE_AND_CHECKED and told.read_back_at is None:
        return StepStatus.SENT
    return STATUS_OF[told.result]
