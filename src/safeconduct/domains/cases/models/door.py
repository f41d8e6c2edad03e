"""What happens before there is a case: drafts, stored files, invitations, and how far the door stands open."""

from django.db import models


class Draft(models.Model):
    """A report under way, sealed under a key that only the form on the reporter's screen holds.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    revision = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class StoredFile(models.Model):
    """That a sealed file belongs to a draft, a report or a work file, so that it goes when they go.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="files")
    report = models.ForeignKey("cases.Report", on_delete=models.PROTECT, null=True, related_name="stored_files")
    message = models.ForeignKey("cases.Message", on_delete=models.PROTECT, null=True, related_name="stored_files")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="stored_files")

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(models.Model):
    """Words handed to someone so that they may report once. Only a one-way tag of them is kept.

    Privacy: pseudonym
    """

    tag = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.tag[:8]


class Channel(models.Model):
    """How far the door stands open. There is one row.

    Privacy: none
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(max_length=8)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="cases_channel_one_row")]

    def __str__(self) -> str:
        return self.mode
