"""The tables of safety. Nothing of an account, an act or a proof is in clear: ids, states and minutes only."""

from typing import ClassVar

from django.db import models

from safeconduct.kernel.ids import new_id


class OrderState(models.TextChoices):
    """How far an order has come. What came of it is in the sealed record."""

    ORDERED = "ordered"
    UNDERWAY = "underway"
    FINISHED = "finished"
    LOST = "lost"


class BundleOrder(models.Model):
    """One order on one account: what was asked (sealed to the case), what travels (to a worker), what came of it.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case_id = models.UUIDField(db_index=True)
    envelope_id = models.UUIDField(db_index=True)
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.ORDERED.value)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    lapsed = models.BooleanField(default=False)
    outbox_key_id = models.UUIDField()
    sealed_parcel = models.BinaryField()
    sealed_order = models.BinaryField()
    sealed_record_key = models.BinaryField()
    sealed_record = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "ordered_at"], name="safety_order_state"),
            models.Index(fields=["lapses_at"], name="safety_order_lapses"),
        ]

    def __str__(self) -> str:
        return f"order {self.pk}"


class Evidence(models.Model):
    """What the platform showed of an account before the first act, sealed under the record key of its order.

    Privacy: sealed
    """

    order = models.OneToOneField(BundleOrder, on_delete=models.CASCADE, primary_key=True, related_name="evidence")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"evidence of order {self.pk}"


class GivenProof(models.Model):
    """One proof that someone speaks for an account: its kind, account and giver are sealed.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case_id = models.UUIDField(db_index=True)
    envelope_id = models.UUIDField()
    given_at = models.DateTimeField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"proof {self.pk}"


class AccountCode(models.Model):
    """A code that was sent to an account. The code, the account and the act it is for are sealed.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case_id = models.UUIDField(db_index=True)
    envelope_id = models.UUIDField()
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent = models.BooleanField(default=False)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"code {self.pk}"
