"""How much hard content each of us has opened lately: a number for each person and hour, and nothing of what it was."""

from django.db import models


class Exposure(models.Model):
    """How many veils one member lifted in one hour. Which, and of which case, is not here; rows live for a day.

    Privacy: staff
    """

    id = models.BigAutoField(primary_key=True)
    member = models.UUIDField()
    hour = models.DateTimeField()
    lifted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "hour"], name="cases_exposure_once")]

    def __str__(self) -> str:
        return f"exposure {self.pk}"
