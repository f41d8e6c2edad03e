"""The vault's tables. They hold wrapped keys and public keys, and nothing that opens anything."""

from django.db import models

from safeconduct.kernel.ids import new_id


class Envelope(models.Model):
    """Something that has a key of its own: a conversation, or the work file of a case.

    Its key is nowhere but in its wraps; when the last wrap goes, what it protected is gone.
    Privacy: none
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Wrap(models.Model):
    """An envelope's key, sealed to one recipient.

    ``mark`` tells which of the recipient's keys it was sealed to, so that a key they no longer have is not counted.
    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="wraps")
    recipient = models.UUIDField()
    mark = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "envelope"], name="one_wrap_a_recipient")]
        indexes = [models.Index(fields=["mark", "envelope"], name="wrap_by_mark")]

    def __str__(self) -> str:
        return f"wrap {self.id}"


class OutboxKey(models.Model):
    """The public half of a key whose private half lives in one worker's memory for at most an hour.

    Privacy: none
    """

    id = models.UUIDField(primary_key=True)
    public_key = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, default=None)

    def __str__(self) -> str:
        return f"outbox key {self.id}"


class OwedLine(models.Model):
    """A line that the erasure ledger is still to be given, about something that was taken away from somebody.

    Gone a moment later, unless the ledger cannot be written.
    Privacy: none
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    about = models.UUIDField()

    def __str__(self) -> str:
        return f"owed line {self.number}"
