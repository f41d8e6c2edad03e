"""The tables of the record: entries that wait, entries in their place, the tree, the checkpoints, sealed facts."""

from django.db import models

SHA256_HEX = 64


class Recorded(models.Model):
    """What one entry says, the same while it waits and once it has its place."""

    entry_id = models.UUIDField(unique=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    subject = models.UUIDField()
    commitment = models.CharField(max_length=SHA256_HEX, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.action} {self.entry_id}"


class Waiting(Recorded):
    """An entry of a finished transaction that has no place in the tree yet; usually for less than a second.

    A trigger lets a row go only once an ``Entry`` of the same id stands. ``number`` is the order of arrival; what is
    told by the day has one of chance, below nought, and ``at`` the coming midnight.

    Privacy: pseudonym
    """

    number = models.BigAutoField(primary_key=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="audit_waiting_subject")]


class Entry(Recorded):
    """An entry in its place: leaf ``index`` of the tree. Triggers refuse every change and removal.

    Privacy: pseudonym
    """

    index = models.BigIntegerField(primary_key=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "index"], name="audit_entry_subject")]
        constraints = [models.CheckConstraint(condition=models.Q(index__gte=0), name="audit_entry_index")]


class Node(models.Model):
    """The hash of one complete subtree, numbered in the order of completion (``tree.number_of``).

    Privacy: none
    """

    number = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"node {self.number}"


class Checkpoint(models.Model):
    """A signed note of the tree at one size.

    Privacy: none
    """

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class SealedFacts(models.Model):
    """What an entry was committed to and the salt that shows it, under a key of whoever may prove it.

    Deleting the row makes the commitment mute. No trigger guards this table: erasure must stay possible, and the tree
    contains neither.

    Privacy: sealed
    """

    entry_id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"facts of {self.entry_id}"
