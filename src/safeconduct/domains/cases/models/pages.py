"""Pages: who was woken for which case, where they can be reached, and the test that proves it."""

from django.db import models

from safeconduct.domains.cases.models.cases import Case
from safeconduct.kernel.ids import new_id


class Page(models.Model):
    """One person woken for one case, again and again until they say that they have it. It goes when the case closes.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pages")
    member = models.UUIDField(db_index=True)
    step = models.CharField(max_length=20)
    rung_at = models.DateTimeField()
    number = models.CharField(max_length=6)
    times = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step", "rung_at", "member"], name="cases_page_once")]
        indexes = [
            models.Index(
                fields=["next_at"], name="cases_page_waiting", condition=models.Q(acknowledged_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PagerAddress(models.Model):
    """Where a member of staff can be woken: a pager's name and an address it understands.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    member = models.UUIDField()
    pager = models.CharField(max_length=40)
    address = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "pager"], name="cases_pageraddress_once")]

    def __str__(self) -> str:
        return self.pager


class PagerTest(models.Model):
    """A trial page, and the moment a person typed back the number it carried.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    pager = models.CharField(max_length=40)
    member = models.UUIDField()
    number = models.CharField(max_length=6)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.pager
