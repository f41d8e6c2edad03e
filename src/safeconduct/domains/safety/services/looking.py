"""Looking again: reading the account back now, and correcting what a record says."""

from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record as audit_record
from safeconduct.connectors.port import EFFECTS, AccountState
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.safety.models import BundleOrder, OrderState
from safeconduct.domains.safety.records import ASKED, Record, StepRecord
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.sealing import place_of, read_record, seal_record
from safeconduct.domains.safety.sentences import NO_LONGER_SO
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened

_LOOKED_AT = frozenset({StepStatus.ORDERED, StepStatus.SENT, StepStatus.DONE_AND_CHECKED, StepStatus.NOT_CONFIRMED})


def look_again(bundle_id: UUID, *, case_id: UUID, envelope: Opened, by: Actor) -> None:
    """Read the account's state now and write it into the record; ``Unavailable`` leaves the record as it was."""
    row = _finished(bundle_id, case_id, envelope)
    asked = ASKED.validate_json(envelope.read(bytes(row.sealed_order), place_of("bundleorder", row.id, "sealed_order")))
    state = connector_for(asked.account.platform).account(asked.account.handle)
    _write_down(bundle_id, envelope, state, by)


@transaction.atomic
def _write_down(bundle_id: UUID, envelope: Opened, state: AccountState, by: Actor) -> None:
    row = BundleOrder.objects.select_for_update().get(pk=bundle_id)
    key = envelope.read(bytes(row.sealed_record_key), place_of("bundleorder", row.id, "sealed_record_key"))
    record = read_record(bytes(row.sealed_record), key=key, order_id=row.id, revision=row.revision)
    _compare(record, state)
    row.revision += 1
    row.sealed_record = seal_record(record, key=key, order_id=row.id, revision=row.revision)
    row.save(update_fields=["revision", "sealed_record"])
    audit_record(by, "account.looked-at", row.case_id, facts={"order": str(row.id)})


def _compare(record: Record, state: AccountState) -> None:
    for step in record.steps:
        fact = EFFECTS.get(step.act)
        if fact and step.status in _LOOKED_AT and fact[0] in state.facts:
            _correct(step, state, so=state.facts[fact[0]] is fact[1])


def _correct(step: StepRecord, state: AccountState, *, so: bool) -> None:
    step.read_back_at = state.read_at
    if so:
        step.status, step.why = StepStatus.DONE_AND_CHECKED, None
    else:
        step.status, step.why = StepStatus.NOT_DONE, NO_LONGER_SO


def _finished(bundle_id: UUID, case_id: UUID, envelope: Opened) -> BundleOrder:
    row = BundleOrder.objects.filter(pk=bundle_id, case_id=case_id, envelope_id=envelope.id).first()
    if row is None:
        raise NotAllowed
    if row.state not in {OrderState.FINISHED.value, OrderState.LOST.value}:
        raise Refused("act.under-way", "This is still being carried out. Look again in a minute.")
    return row
