"""The tables of the room: boxes of sealed slips until a period is closed, and what was published then."""

from django.db import models

from safeconduct.kernel.ids import new_id


class Box(models.Model):
    """The slips of one week. Its public key seals them; its private half is sealed to the leads.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    week = models.DateField(unique=True)
    public_key = models.BinaryField(default=bytes)
    sealed_seed = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"week of {self.week}"


class SealedSlip(models.Model):
    """What one closed case counts for. All are of one length, and none says of which case.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="slips")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Publication(models.Model):
    """A closed period as everybody may read it. ``id`` follows from the document's bytes and stands in the record.

    Privacy: none
    """

    id = models.UUIDField(primary_key=True)
    period = models.CharField(max_length=15, unique=True)
    first_day = models.DateField(unique=True)
    last_day = models.DateField(unique=True)
    document = models.TextField()

    def __str__(self) -> str:
        return self.period
