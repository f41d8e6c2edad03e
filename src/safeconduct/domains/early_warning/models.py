"""The tables of the index: the generations of its key, its entries, and which process holds it awake."""

from django.db import models

from safeconduct.kernel.ids import new_id


class IndexKey(models.Model):
    """One generation of the index's key. ``envelope`` gives it to the early-warning team; it is stored nowhere else.

    Privacy: none
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    generation = models.PositiveIntegerField(unique=True)
    envelope = models.UUIDField(unique=True, default=new_id)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"generation {self.generation}"


class IndexEntry(models.Model):
    """What was named under one blind tag. How many reports, and which, is sealed with the same key as the tag.

    ``generation`` is the one by which this row is read, so that a rotation cut short leaves every row readable.
    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    generation = models.PositiveIntegerField(db_index=True)
    tag = models.BinaryField(unique=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class SetAside(models.Model):
    """An entry that did not open: somebody or a failing disk changed it. Nothing reads it; ``doctor`` counts it.

    It keeps the entry's own id, since what is sealed opens at no other, should the key or the bytes come back.
    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    generation = models.PositiveIntegerField()
    tag = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Waking(models.Model):
    """A process that holds the key in its memory, until when at the latest. Without this row it must forget the key.

    Privacy: none
    """

    id = models.UUIDField(primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"awake until {self.until}"
