"""What keeps a case beyond its time, and what ends it sooner: each takes two people and a reason."""

from django.db import models

from safeconduct.domains.cases.models.cases import Case
from safeconduct.kernel.ids import new_id


class Hold(models.Model):
    """That nothing of a case may be erased. ``review_on`` ends nothing: it is when somebody looks again.

    ``lift_asked_by`` wants one lifted that two people agreed to; ``ended_by`` is the second person then. The
    reason, the words to the reporter and why it was lifted are sealed under the work key.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    agreed_by = models.UUIDField(null=True)
    agreed_on = models.DateField(null=True)
    review_on = models.DateField()
    lift_asked_by = models.UUIDField(null=True)
    lift_asked_on = models.DateField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class ErasureWish(models.Model):
    """That somebody asked to erase a case before its time, and who agreed. Its reason is sealed and goes with the case.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasure_wishes")
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    agreed_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)
