"""The tables of the room. Who anybody is, why it was asked and which report is theirs is sealed; random ids are not."""

from django.db import models

from safeconduct.kernel.ids import new_id


class Identity(models.Model):
    """Somebody who enrolled. ``sealed`` opens only with both halves; the book opens whom they excluded, and reasons.

    Whoever links a report or asks seals to ``links_key`` and ``reasons_key`` and cannot read either afterwards.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    pseudonym = models.CharField(max_length=20, unique=True)
    enrolled_on = models.DateField()
    half_a = models.UUIDField(unique=True)
    half_b = models.UUIDField(unique=True)
    book = models.UUIDField(unique=True)
    links_key = models.BinaryField()
    reasons_key = models.BinaryField()
    sealed = models.BinaryField()
    sealed_excluded = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Link(models.Model):
    """That a report is somebody's. Its id is blind: only who opens the conversation can compute it.

    ``sealed`` is for them, ``sealed_case`` for whoever opens the identity.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="links")
    sealed = models.BinaryField()
    sealed_case = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Asking(models.Model):
    """One asking for one identity. What the benches handed over lies here, sealed to the asker, until it was read once.

    ``asked_at`` keeps the hour for a day, and the day alone after that.

    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="askings")
    asker = models.UUIDField(db_index=True)
    stage = models.CharField(max_length=9)
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    approved_a = models.UUIDField(null=True)
    approved_b = models.UUIDField(null=True)
    refused_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    sealed_half_a = models.BinaryField(default=bytes)
    sealed_half_b = models.BinaryField(default=bytes)
    sealed_reason = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["stage", "lapses_at"], name="defenders_asking_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "asker"],
                condition=models.Q(stage__in=["waiting", "approved"]),
                name="defenders_one_open_asking",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Alarm(models.Model):
    """That somebody, or a bench, opened unusually many identities in a short time, until a person has seen it.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    about = models.UUIDField()  # a member, or a bench
    raised_at = models.DateTimeField()
    seen_by = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=models.Q(seen_by__isnull=True), name="defenders_one_alarm_about"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Call(models.Model):
    """That a member is to be woken for an asking or an alarm, again until it was seen. The page says neither.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    member = models.UUIDField()
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, null=True, related_name="calls")
    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, null=True, related_name="calls")
    next_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
