"""The tables of partners. None of them says which case a partner has anything to do with."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from safeconduct.domains.partners.rules import State
from safeconduct.kernel.ids import new_id


class Organisation(models.Model):
    """An organisation that acts for defenders. Its id is the id of its team in accounts.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=9, default=State.CANDIDATE.value)
    grounds = models.CharField(max_length=20, blank=True)
    vetted_until = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="partners_one_name")]

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Agreement(models.Model):
    """What was agreed with an organisation, and for how long.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="agreements")
    terms = models.JSONField()
    signed_on = models.DateField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Token(models.Model):
    """What a program signs in with. The row holds the organisation's key sealed under the token, never the token.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=60)
    tag = models.BinaryField(max_length=32, unique=True)
    team_key_id = models.UUIDField()
    sealed_seed = models.BinaryField()
    made_at = models.DateTimeField()
    ends_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"


class Hook(models.Model):
    """Where an organisation wants to be told that something is waiting.

    Privacy: staff
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="hook")
    address = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hook of {self.pk}"


class Bell(models.Model):
    """One "something is waiting" on its way. For whom is sealed to a worker's memory, or its time would name a case.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    outbox_key_id = models.UUIDField()
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"bell {self.pk}"


class Filing(models.Model):
    """That an idempotency key was used, and for what: both as hashes under the organisation's own key.

    Privacy: sealed
    """

    tag = models.BinaryField(max_length=32, primary_key=True)
    digest = models.BinaryField(max_length=32)
    made_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return "filing"
