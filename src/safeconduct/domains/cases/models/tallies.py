"""What remains of closed cases outside their seals: weekly counts that lead back to none of them."""

from django.db import models


class Tally(models.Model):
    """How many cases closed in a week had one thing in common, such as a threat or a kept promise.

    Privacy: none
    """

    id = models.BigAutoField(primary_key=True)
    week = models.DateField()
    what = models.CharField(max_length=16)
    value = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "what", "value"], name="cases_tally_once")]

    def __str__(self) -> str:
        return f"{self.week} {self.what}"
