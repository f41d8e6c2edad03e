"""The tables of the room. What an appeal is about and what anybody wrote is sealed; days, stages and ids are not."""

from uuid import UUID

from django.db import models

from safeconduct.kernel.ids import new_id


class ReviewFile(models.Model):
    """What opens a decided case for its reviewers, locked twice: for them, and for whoever may appeal.

    Each decision gets its own. ``envelope`` is wrapped to reviewers person by person, never to a team; ``chosen_from``
    stands for the reviewers there were when these were chosen, so that it is done again only when they change.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case_id = models.UUIDField(db_index=True)
    envelope = models.UUIDField(unique=True)
    made_at = models.DateTimeField(db_index=True)
    chosen_from = models.CharField(max_length=64)
    sealed = models.BinaryField()  # whom the reporters excluded

    def __str__(self) -> str:
        return str(self.pk)


class ReviewLock(models.Model):
    """The outer of the two locks, for one report: opened by its conversation, it leaves what reviewers can open.

    ``decision`` counts the decisions of the report up to the one it was kept for: within a minute no clock tells them
    apart.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    file = models.ForeignKey(ReviewFile, on_delete=models.CASCADE, related_name="locks")
    report_id = models.UUIDField(db_index=True)
    decision = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Statement(models.Model):
    """A statement of reasons, and the outer lock for the person acted on. Only the code on it opens either.

    ``opened_at`` is when that code was first used: whoever comes later is told that somebody was there before them.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    file = models.ForeignKey(ReviewFile, on_delete=models.PROTECT, related_name="statements")
    tag = models.UUIDField(unique=True)
    given_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    sealed_lock = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class StatementNotice(models.Model):
    """A statement on its way to the account it is about, its code sealed to a worker's memory; and what came of it.

    ``envelope`` is the case's work file: under it lies the key of the record, which the worker writes without it.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="notice")
    case_id = models.UUIDField(db_index=True)
    envelope = models.UUIDField()
    state = models.CharField(max_length=8)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outbox_key_id = models.UUIDField()
    sealed_parcel = models.BinaryField()
    sealed_record_key = models.BinaryField()
    sealed_record = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["state", "ordered_at"], name="remedy_notice_state")]

    def __str__(self) -> str:
        return str(self.pk)


class Appeal(models.Model):
    """An appeal against one decision.

    ``report_id`` is empty where the person acted on appeals, ``statement`` where a reporter or a partner does.
    ``appellant`` is the blind id of whoever filed it, ``decision`` counts the decisions of the report up to the one
    appealed against. ``contests`` says that an earlier appeal with the same statement was not theirs. ``inner`` opens
    the case, for reviewers and nobody else. ``chosen_from`` stands for the reviewers and the hands there were when it
    was last wrapped, so that signing in looks again only at what changed.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    case_id = models.UUIDField(db_index=True)
    report_id = models.UUIDField(null=True, db_index=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="appeals")
    file = models.ForeignKey(ReviewFile, on_delete=models.PROTECT, related_name="appeals")
    envelope = models.UUIDField(unique=True)
    appellant = models.UUIDField(db_index=True)
    decision = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=8)
    lane = models.CharField(max_length=9)
    conclusion = models.CharField(max_length=8, blank=True, default="")
    reviewer = models.UUIDField(null=True)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    chosen_from = models.CharField(max_length=64, blank=True, default="")
    contests = models.BooleanField(default=False)
    inner = models.BinaryField()
    sealed = models.BinaryField()
    sealed_outcome = models.BinaryField(default=bytes)

    class Meta:
        indexes = [models.Index(fields=["stage", "due_at"], name="remedy_appeal_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["report_id", "decision", "appellant"],
                condition=~models.Q(stage="decided") & models.Q(report_id__isnull=False),
                name="remedy_one_open_appeal_a_decision",
            ),
            models.UniqueConstraint(
                fields=["statement", "contests"],
                condition=~models.Q(stage="decided"),
                name="remedy_one_open_appeal_a_statement",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def envelopes(self) -> tuple[UUID, UUID]:
        """Return the appeal's own envelope and that of its case's review file."""
        return self.envelope, self.file.envelope


class AppealLetter(models.Model):
    """One message of an appeal's own conversation.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="letters")
    ordinal = models.PositiveIntegerField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "ordinal"], name="remedy_letter_ordinal")]

    def __str__(self) -> str:
        return str(self.pk)


class AppealFile(models.Model):
    """That a sealed file belongs to a letter, so that no sweep takes it for a stray.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(AppealLetter, on_delete=models.PROTECT, related_name="files")

    def __str__(self) -> str:
        return str(self.pk)


class KeptWaiting(models.Model):
    """That somebody came in time to appeal and nobody was there who may decide. Their time does not run out.

    Privacy: pseudonym
    """

    subject = models.UUIDField(primary_key=True)  # the report, or the statement
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Promise(models.Model):
    """A remedy that was promised to a reporter, and what shows that it was delivered.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    report_id = models.UUIDField(db_index=True)
    envelope = models.UUIDField()
    promised_on = models.DateField()
    due_on = models.DateField()
    delivered_on = models.DateField(null=True)
    sealed = models.BinaryField()
    sealed_proof = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return str(self.pk)
