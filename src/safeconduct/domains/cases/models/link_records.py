"""What the operator's helpdesk was last told of each case, so that a round sees what it has not been told yet."""

from django.db import models

from safeconduct.domains.cases.models.cases import Case
from safeconduct.kernel.ids import new_id


class LinkRecord(models.Model):
    """One record in the operator's helpdesk, and how the case stood when it was last told.

    Privacy: pseudonym
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="link_record")
    reference = models.CharField(max_length=64, blank=True)
    severity = models.CharField(max_length=2, blank=True)
    due_at = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.reference
