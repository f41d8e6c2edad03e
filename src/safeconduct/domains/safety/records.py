"""What is under seal: what was asked, what travels to the worker, what came of it. JSON values and back."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from safeconduct.connectors.port import AccountRef, ActKind, ActRecord
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety.rules import Bundle, By, GivenProof, StepStatus, WhoElse
from safeconduct.kernel.ids import new_id


@dataclass(frozen=True)
class Asked:
    """What someone ordered, and on what grounds. Sealed to the case when it is ordered, and never changed."""

    account: AccountRef
    bundle: Bundle
    proofs: tuple[GivenProof, ...]
    who_else_sees: WhoElse
    reason: str
    at: datetime
    until: datetime | None = None
    undoes: UUID | None = None
    confirms: UUID | None = None
    item: str = field(default="", repr=False)


@dataclass(frozen=True)
class Parcel:
    """What the worker needs to act, sealed to its memory. ``record_key`` is written in hexadecimal.

    ``protected`` are the accounts that the case asks us to protect, whose things no restraint touches.
    """

    record_key: str = field(repr=False)
    account: AccountRef
    bundle: Bundle
    part: By
    language: str
    at: datetime
    until: datetime | None = None
    undoing: bool = False
    confirms: UUID | None = None
    item: str = field(default="", repr=False)
    protected: tuple[AccountRef, ...] = field(default=(), repr=False)


@dataclass
class StepRecord:
    """One act from its order to its end. ``settled`` means that nobody will try it again.

    ``key`` makes a repeat harmless on the platform. ``act_record`` is the connector's own word.
    """

    act: ActKind
    status: StepStatus = StepStatus.ORDERED
    key: UUID = field(default_factory=new_id)
    settled: bool = False
    tries: int = 0
    seen: tuple[Sentence, ...] = ()
    why: Sentence | None = None
    read_back_at: datetime | None = None
    act_record: ActRecord | None = None

    def settle(self, status: StepStatus, why: Sentence | None = None) -> None:
        """End this step."""
        self.status, self.why, self.settled = status, why or self.why, True


@dataclass
class Record:
    """What came of an order so far."""

    steps: list[StepRecord]
    next_try_at: datetime | None = None
    rests: int = 0

    @property
    def open_steps(self) -> list[StepRecord]:
        """Return the steps that still wait for their act."""
        return [step for step in self.steps if not step.settled]

    @property
    def lock_waits(self) -> bool:
        """Answer whether the lock of this order waits for a person."""
        return any(step.act is ActKind.ACCOUNT_LOCK and step.status is StepStatus.HELD for step in self.steps)

    @property
    def all_done(self) -> bool:
        """Answer whether the platform itself showed every act."""
        return all(step.status is StepStatus.DONE_AND_CHECKED for step in self.steps)


@dataclass(frozen=True)
class ProofGiven:
    """A proof with the account it is about and why it was believed."""

    account: AccountRef
    proof: GivenProof
    reason: str


@dataclass(frozen=True)
class CodeKept:
    """A code with everything it is bound to, and the exact moment it was sent."""

    code: str = field(repr=False)
    account: AccountRef
    bundle: Bundle
    at: datetime


@dataclass(frozen=True)
class EvidenceKept:
    """What the platform showed before the first act. ``content`` is base 64."""

    content: str = field(repr=False)
    media_type: str
    taken_at: datetime
    sha256: str
    note: str
    ciphertext_only: bool = False


ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
PARCEL: TypeAdapter[Parcel] = TypeAdapter(Parcel)
RECORD: TypeAdapter[Record] = TypeAdapter(Record)
PROOF: TypeAdapter[ProofGiven] = TypeAdapter(ProofGiven)
CODE: TypeAdapter[CodeKept] = TypeAdapter(CodeKept)
EVIDENCE: TypeAdapter[EvidenceKept] = TypeAdapter(EvidenceKept)
