"""Cases, the reports in them, the letters of each conversation, and the entries of the work file."""

from collections.abc import Collection, Mapping
from typing import Any, Self

from django.db import models

from safeconduct.kernel.ids import new_id


class Case(models.Model):
    """The work on one or more reports.

    ``work`` names the envelope of the work file. ``due_at`` repeats the earliest promise that runs, so that a queue
    of thousands is sorted without opening any. ``imminent_since`` is since when imminent harm waits for an answer,
    ``escalate_at`` when somebody is to be woken next. ``rank`` puts what owes something before what owes nothing,
    and closed cases last; it begins the index that the queue is read by. ``restricted`` marks child-abuse material and
    outlives every decision. ``known`` says that a partner, or somebody invited, sent it. ``joined`` is the case that
    its reports went to, so that whoever worked on either never decides an appeal. ``erased_on`` is the day on which
    everything else of it was destroyed.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=7, unique=True)
    work = models.UUIDField(unique=True, default=new_id)
    stage = models.CharField(max_length=10)
    severity = models.CharField(max_length=2)
    language = models.CharField(max_length=12)
    outcome = models.CharField(max_length=24, blank=True, default="")
    restricted = models.BooleanField(default=False)
    assignee = models.UUIDField(null=True)
    group = models.UUIDField(null=True)
    known = models.BooleanField(default=False)
    joined = models.UUIDField(null=True, db_index=True)
    received_at = models.DateTimeField()
    imminent_since = models.DateTimeField(null=True)
    settle_due = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_kind = models.CharField(max_length=8, blank=True, default="")
    escalate_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_on = models.DateField(null=True)
    rank = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    sealed_cover = models.BinaryField()

    as_read: Mapping[str, Any] | None = None

    class Meta:
        indexes = [
            models.Index(fields=["rank", "severity", "due_at", "number"], name="cases_case_queue"),
            models.Index(fields=["rank", "-closed_at", "number"], name="cases_case_closed"),
            models.Index(fields=["assignee"], name="cases_case_assignee", condition=models.Q(assignee__isnull=False)),
            # Holds all that counting a group needs, so that the sealed covers are not read for it.
            models.Index(
                fields=["group", "stage", "assignee", "severity", "received_at", "work", "number"],
                name="cases_case_group",
                condition=models.Q(group__isnull=False, assignee__isnull=True),
            ),
            models.Index(
                fields=["escalate_at"], name="cases_case_escalate", condition=models.Q(escalate_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **named: Any,  # noqa: ANN401 - Django's own
    ) -> Self:
        """Remember what the row held, so that a change writes back its own columns and no other."""
        case = super().from_db(db, field_names, values, **named)
        case.as_read = dict(zip(field_names, values, strict=False))
        return case

    @property
    def changed(self) -> list[str]:
        """Return the names of the columns that differ from the row as it was read; all but the key of a new one."""
        if self.as_read is None:
            return [column.attname for column in self._meta.concrete_fields if not column.primary_key]
        return [name for name, value in self.as_read.items() if getattr(self, name) != value]


class Report(models.Model):
    """What one person sent, and the conversation about it.

    ``conversation`` names its envelope, and ``clock_key`` is a public key that follows from it: to it the record
    confides what was promised. ``reporter`` is the blind tag of the case code, gone once the way in is closed.
    ``sealed_times`` holds the exact times after closing, when the columns keep the day alone. ``indexed`` says that
    what it names was put into the index of accounts, or never will be.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    conversation = models.UUIDField(unique=True, default=new_id)
    reporter = models.UUIDField(null=True, unique=True)
    received_at = models.DateTimeField()
    reply_due = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    answer_due = models.DateTimeField(null=True)
    clock_key = models.BinaryField()
    sealed = models.BinaryField()
    sealed_times = models.BinaryField(default=bytes)
    sealed_feedback = models.BinaryField(default=bytes)
    sealed_consent = models.BinaryField(default=bytes)
    sealed_written = models.BinaryField(default=bytes)
    indexed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="cases_report_newest"),
            models.Index(fields=["id"], name="cases_report_unindexed", condition=models.Q(indexed=False)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Message(models.Model):
    """One letter of a conversation; who wrote it is sealed with it. ``revision`` grows when it is forgotten.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    ordinal = models.PositiveIntegerField()
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "ordinal"], name="cases_message_ordinal")]

    def __str__(self) -> str:
        return str(self.pk)


class WorkEntry(models.Model):
    """One entry of the work file: a note, an assessment, evidence, a decision. Which one is sealed with it.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    ordinal = models.PositiveIntegerField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "ordinal"], name="cases_workentry_ordinal")]

    def __str__(self) -> str:
        return str(self.pk)
