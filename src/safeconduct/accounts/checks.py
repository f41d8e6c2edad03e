"""What doctor looks at in this room: custodians, the signed roster, and whether a second lead exists."""

from dataclasses import dataclass

from safeconduct.accounts import pins, roster
from safeconduct.accounts.models import Member, SigningKey, Team
from safeconduct.accounts.queries import rekeys_under_way, teams_without_cards
from safeconduct.accounts.rules import SIGNATURES_NEEDED
from safeconduct.accounts.services.taken_away import still_in
from safeconduct.accounts.values import Role, Standing
from safeconduct.kernel.checks import Check, Diagnosis
from safeconduct.vault import ledger


@dataclass(frozen=True)
class Custodians:
    """Enough custodians are pinned, and each pin is the key that the custodian holds."""

    name: str = "custodians"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Compare the pins with the members and their signing keys."""
        pinned = pins.kept_pins().custodians
        if not Member.objects.exists():
            return Diagnosis("There is no programme here yet.", "Run 'safeconduct init'.")
        if len(pinned) < SIGNATURES_NEEDED:
            sentence = "Invite another custodian and run 'safeconduct members pin NAME' on this machine."
            return Diagnosis(f"{len(pinned)} custodian is pinned; keys are handed out on two signatures.", sentence)
        out = Member.objects.filter(id__in=pinned, removed_at__isnull=False)
        if gone := sorted(out.values_list("sign_in_name", flat=True)):
            sentence = (
                "The service ends that within the hour. If this stays, see that the disk of keys/ can be written."
            )
            return Diagnosis(f"Put out, and what they sign still counts: {', '.join(gone)}.", sentence)
        held = {key.member_id: bytes(key.public_key) for key in SigningKey.objects.filter(retired_at__isnull=True)}
        names = dict(Member.objects.filter(id__in=pinned).values_list("id", "sign_in_name"))
        if wrong := [names.get(one, "someone unknown") for one, key in pinned.items() if held.get(one) != key]:
            sentence = "Ask them by voice for their fingerprint. Then 'safeconduct members pin NAME', or 'unpin NAME'."
            return Diagnosis(f"The pinned key is not the one held by: {', '.join(sorted(wrong))}.", sentence)
        return Diagnosis(f"{len(pinned)} custodians are pinned, and each holds the pinned key.")


@dataclass(frozen=True)
class Roster:
    """Every key that could be handed out is signed by two pinned custodians, exactly as the database has it now."""

    name: str = "roster"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Verify every entry and name those that differ from what was signed."""
        members = Member.objects.filter(removed_at__isnull=True, confirmed_at__isnull=False)
        teams = [team for team in Team.objects.all() if team.key_pairs.filter(superseded_at__isnull=True).exists()]
        subjects: list[Member | Team] = [*members, *teams]
        standing = roster.vouched(subjects)
        changed = [_named(one, standing[one.id]) for one in subjects if standing[one.id].standing is Standing.CHANGED]
        if changed:
            sentence = (
                "Nothing is wrapped to them. Find out who wrote to the database. Then two custodians compare "
                "fingerprints by voice and sign anew: 'safeconduct members sign'."
            )
            return Diagnosis(f"Changed since two custodians signed: {'; '.join(changed)}.", sentence)
        waiting = [_label(one) for one in subjects if not standing[one.id].ready]
        if waiting:
            sentence = "Two custodians compare fingerprints by voice and run 'safeconduct members sign'."
            return Diagnosis(f"Waiting for custodians, and given no keys: {', '.join(sorted(waiting))}.", sentence)
        return Diagnosis(f"{len(subjects)} entries are signed by two custodians and unchanged.")


@dataclass(frozen=True)
class SecondLead:
    """Someone else can help a lead who lost their words."""

    name: str = "second lead"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count leads whose entry is signed."""
        leads = [one for one in Member.objects.filter(removed_at__isnull=True) if Role.LEAD.value in one.roles]
        ready = sum(stands.ready for stands in roster.vouched(leads).values())
        if ready < 2:  # noqa: PLR2004 - one to lose their words, one to help
            sentence = "Invite a second lead: nobody can be helped back in by themselves."
            return Diagnosis("There is one lead. If they lose their words, nobody can give them new ones.", sentence)
        return Diagnosis(f"{ready} leads can help each other back in.")


@dataclass(frozen=True)
class Rekeys:
    """What was wrapped to teams' former keys is wrapped to their keys of today."""

    name: str = "former keys"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Count what is left under former keys, and name what it waits for."""
        found = rekeys_under_way()
        if not found:
            return Diagnosis("Nothing is wrapped to a former key of a team.")
        if unsigned := [one.team for one in found if not one.signed]:
            sentence = "Two custodians sign the new key: 'safeconduct members sign'. Then 'safeconduct teams rewrap'."
            return Diagnosis(f"A new key waits for signatures: {', '.join(unsigned)}.", sentence)
        left = "; ".join(f"team {one.team}, {one.left} left" for one in found)
        sentence = "People of these teams sign in, or run 'safeconduct teams rewrap' to do it all at once."
        return Diagnosis(f"A new key is being put into use: {left}.", sentence)


@dataclass(frozen=True)
class Cards:
    """Each team of staff has paper cards of the key it has now."""

    name: str = "paper cards"
    gates_channel: bool = False

    def run(self) -> Diagnosis:
        """Ask the record whether cards were made since the last key."""
        teams = teams_without_cards()
        if not teams:
            return Diagnosis("Every team of staff has paper cards of its present key.")
        sentence = "Somebody of each team, with a custodian, runs 'safeconduct teams cards TEAM'."
        return Diagnosis(f"No paper cards were made of the present key of: {', '.join(teams)}.", sentence)


@dataclass(frozen=True)
class PutOut:
    """Nobody is in who was put out, and no key in force that was ended, as a restore could leave it."""

    name: str = "people put out"
    gates_channel: bool = True

    def run(self) -> Diagnosis:
        """Hold the people and keys of today against what the erasure ledger says was taken away."""
        if found := still_in(ledger.every_line()):
            named = "; ".join(f"{one.name} {one.what}" for one in found)
            sentence = (
                "Do it again with 'members remove', 'members replace', 'members unpin' or 'teams rekey'. Whoever was "
                "unpinned by mistake: 'members pin'."
            )
            return Diagnosis(f"A restore brought back what had ended: {named}.", sentence)
        return Diagnosis("Nobody who was put out is in, and no key that was ended is in force.")


CHECKS: tuple[Check, ...] = (Custodians(), Roster(), SecondLead(), Rekeys(), Cards(), PutOut())


def _named(subject: Member | Team, stands: roster.Vouched) -> str:
    return f"{_label(subject)} ({', '.join(stands.changed)})"


def _label(subject: Member | Team) -> str:
    return subject.sign_in_name if isinstance(subject, Member) else f"team {subject.name}"
