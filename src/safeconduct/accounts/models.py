"""Tables of people, keys, the roster and sessions. What is secret in them is sealed; what is public is signed."""

from django.db import models

from safeconduct.kernel.ids import new_id


class Member(models.Model):
    """Someone who signs in: staff or a partner's member.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10)
    display_name = models.CharField(max_length=80)
    sign_in_name = models.CharField(max_length=40, unique=True)
    roles = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=40, blank=True)  # empty for the deployment's
    organisation_id = models.UUIDField(null=True)
    planned_teams = models.JSONField(default=list)  # ids as text; the keys follow once the roster is signed
    salt = models.BinaryField(default=bytes)
    work = models.JSONField(default=dict)  # what one guess at the passphrase costs
    verifier = models.BinaryField(default=bytes)
    sealed_second_factor = models.BinaryField(default=bytes)
    last_step = models.BigIntegerField(default=0)  # of the newest code that was accepted, so none is accepted twice
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Team(models.Model):
    """People who share a key. A partner organisation's team carries the organisation's id.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class KeyPair(models.Model):
    """One key pair of a person or a team; its id is the recipient's id. The private half of a person's is sealed.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="key_pairs")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="key_pairs")
    public_key = models.BinaryField()
    sealed_seed = models.BinaryField(default=bytes)  # under the member's passphrase; empty for a team
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=True) ^ models.Q(team__isnull=True), name="key_pair_has_one_holder"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(superseded_at__isnull=True), name="one_key_a_member"
            ),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(superseded_at__isnull=True), name="one_key_a_team"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TeamKeyShare(models.Model):
    """A team's seed, wrapped to one member's key.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.ForeignKey(KeyPair, models.CASCADE, related_name="shares")
    member = models.ForeignKey(Member, models.PROTECT, related_name="shares")
    wrapped_to = models.UUIDField()  # the member's key pair at the time
    wrapped_seed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "member"], name="one_share_a_member")]

    def __str__(self) -> str:
        return str(self.id)


class Passkey(models.Model):
    """One passkey of a member: its name, id, public key and count, sealed under the key file of second factors.

    It is found by its member and a mark that only this server computes, never by its id alone.
    Privacy: sealed
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="passkeys")
    mark = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "mark"], name="one_passkey_once")]

    def __str__(self) -> str:
        return str(self.id)


class ProviderLink(models.Model):
    """That a member comes in through an identity provider alone: the mark of whom it calls by which name.

    Only this server computes the mark, so the row does not say who somebody is there.
    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.OneToOneField(Member, models.CASCADE, related_name="provider_link")
    provider = models.CharField(max_length=40)
    mark = models.BinaryField(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class SpentChallenge(models.Model):
    """A challenge that a passkey answered rightly, until it would be over anyway: it is answered once.

    Privacy: none
    """

    mark = models.BinaryField(primary_key=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"spent until {self.ends_at}"


class SigningKey(models.Model):
    """A custodian's Ed25519 key, sealed under their own passphrase. It counts once it is pinned outside the database.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="signing_keys")
    public_key = models.BinaryField()
    sealed_seed = models.BinaryField()
    sealed_public_key = models.BinaryField()  # under their person key, so that their page shows the true one
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class RosterEntry(models.Model):
    """What two custodians sign about a member or a team: which key is theirs, and what they belong to.

    While a renewed statement waits, the one they signed last is kept with its signatures: what reporters excluded must
    be looked up in words that somebody vouched for, and never in the plain rows.
    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField(default=1)
    statement = models.TextField()
    last_signed = models.TextField(blank=True)  # a former statement, for as long as the present one waits
    last_signatures = models.JSONField(default=list)  # of that: custodians' ids and signatures, as text

    def __str__(self) -> str:
        return str(self.id)


class RosterSignature(models.Model):
    """One custodian's signature under the present statement of an entry.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(RosterEntry, models.CASCADE, related_name="signatures")
    custodian = models.UUIDField()
    signature = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "custodian"], name="one_signature_a_custodian")]

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """One-time words handed over by a colleague. Only a tag of the words is kept.

    Privacy: staff
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="invitations")
    tag = models.BinaryField(unique=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Session(models.Model):
    """Someone who is in. The row and the cookie together open what neither opens alone.

    Privacy: pseudonym
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tag = models.BinaryField(unique=True)
    kind = models.CharField(max_length=10)
    holder_id = models.UUIDField(db_index=True)
    sealed_secret = models.BinaryField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
