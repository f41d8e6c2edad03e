"""When entries do not open, or a key is gone: what is left is let go, and the reports are put into the index anew."""

from django.db import transaction

from safeconduct.accounts.queries import early_warning_recipients, is_early_warning
from safeconduct.accounts.services.putting_out import Agreement, agreed_apart_from
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.early_warning.models import IndexEntry, IndexKey, SetAside
from safeconduct.domains.early_warning.queries import generations_missing
from safeconduct.domains.early_warning.services.rotating import NOBODY_SIGNED
from safeconduct.domains.early_warning.services.waking import new_generation, put_to_sleep
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import services as vault
from safeconduct.vault.index import FIRST

NOT_BROKEN = "Every key of the index is there. Give it a new one with 'safeconduct index rotate'."


@transaction.atomic
def forget_set_aside(*, by: Desk) -> int:
    """Let go what does not open, once every report waits to be put into the index anew; return how many there were."""
    gone = [*SetAside.objects.order_by("id").values_list("id", flat=True)]
    SetAside.objects.all().delete()
    for each in gone:
        audit.record(by.actor, "index.set-aside-forgotten", each)
    return len(gone)


def note_rebuilding(*, by: Desk) -> None:
    """Say in the record that every report is put into the index anew from here on."""
    newest = IndexKey.objects.order_by("-generation").first()
    if newest is not None:
        audit.record(by.actor, "index.rebuild-begun", newest.id)


def begin_anew(*, by: Desk, agreement: Agreement) -> None:
    """Begin the index with a first key again, with a custodian who agrees, where one of its keys is gone.

    What stood under the former keys goes: nobody can look anything up in it. The reports it named lie where they lay.
    """
    agreed = agreed_apart_from({by.member_id}, agreement)
    _begin_anew(by, agreed)


@transaction.atomic
def _begin_anew(by: Desk, agreed: Desk) -> None:
    if not early_warning_recipients():
        raise Refused("index.team-not-signed", NOBODY_SIGNED)
    if not is_early_warning(by):
        raise NotAllowed
    kept = [*IndexKey.objects.select_for_update().order_by("generation")]
    if not generations_missing():
        raise Refused("index.not-broken", NOT_BROKEN)
    IndexEntry.objects.all().delete()
    IndexKey.objects.all().delete()
    put_to_sleep(by=by.actor)
    made = new_generation(FIRST, by)
    audit.record(agreed.actor, "index.rebuilding-agreed", made.id)
    vault.destroy_all([each.envelope for each in kept], by=by.actor)
