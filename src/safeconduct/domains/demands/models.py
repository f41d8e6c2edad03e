"""The tables of the room. Who demands what, and what left, is sealed; stages, days and ids are not."""

from django.db import models

from safeconduct.kernel.ids import new_id


class Demand(models.Model):
    """One demand of an authority. ``second`` is who approved it; ``ask_again_on`` is when silence is asked about again.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    envelope = models.UUIDField(unique=True)
    stage = models.CharField(max_length=11)
    handler = models.UUIDField()
    second = models.UUIDField(null=True)
    logged_at = models.DateTimeField()
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ask_again_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["stage", "due_on"], name="demands_stage_due")]

    def __str__(self) -> str:
        return str(self.pk)


class Silence(models.Model):
    """A case whose people must not be told yet. It keeps the case from erasure, so that they can be told one day.

    Privacy: pseudonym
    """

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="silences")
    case_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
