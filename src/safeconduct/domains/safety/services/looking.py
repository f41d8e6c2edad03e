"""Looking again: reading the account back now, and correcting what a record says."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record as audit_record
from safeconduct.connectors.incoming import LooksAtItems
from safeconduct.connectors.port import EFFECTS, ON_AN_ITEM, AccountState, ActKind, ActOrder, Connector
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.safety.models import BundleOrder, OrderState
from safeconduct.domains.safety.records import ASKED, Asked, Record, StepRecord
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.sealing import place_of, read_record, seal_record
from safeconduct.domains.safety.sentences import NO_LONGER_SO
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Opened

_LOOKED_AT = frozenset({StepStatus.ORDERED, StepStatus.SENT, StepStatus.DONE_AND_CHECKED, StepStatus.NOT_CONFIRMED})


def look_again(bundle_id: UUID, *, case_id: UUID, envelope: Opened, by: Actor) -> None:
    """Read the account's state now and write it into the record; ``Unavailable`` leaves the record as it was."""
    row = _finished(bundle_id, case_id, envelope)
    asked = ASKED.validate_json(envelope.read(bytes(row.sealed_order), place_of("bundleorder", row.id, "sealed_order")))
    connector = connector_for(asked.account.platform)
    state = connector.account(asked.account.handle)
    items = _items_shown(connector, asked, _record(row, envelope))
    _write_down(bundle_id, envelope, _Seen(state, items), by)


@dataclass(frozen=True)
class _Seen:
    """What one look showed: the account, and whether each thing on it is as ordered."""

    state: AccountState
    items: Mapping[ActKind, bool]


def _items_shown(connector: Connector, asked: Asked, record: Record) -> dict[ActKind, bool]:
    if not isinstance(connector, LooksAtItems):
        return {}
    acts = [step.act for step in record.steps if step.act in ON_AN_ITEM]
    orders = [ActOrder(act, asked.account.handle, new_id(), item=asked.item) for act in acts]
    shown = [(order.act, connector.shows(order)) for order in orders]
    return {act: so for act, so in shown if so is not None}


def _record(row: BundleOrder, envelope: Opened) -> Record:
    key = envelope.read(bytes(row.sealed_record_key), place_of("bundleorder", row.id, "sealed_record_key"))
    return read_record(bytes(row.sealed_record), key=key, order_id=row.id, revision=row.revision)


@transaction.atomic
def _write_down(bundle_id: UUID, envelope: Opened, seen: _Seen, by: Actor) -> None:
    row = BundleOrder.objects.select_for_update().get(pk=bundle_id)
    key = envelope.read(bytes(row.sealed_record_key), place_of("bundleorder", row.id, "sealed_record_key"))
    record = read_record(bytes(row.sealed_record), key=key, order_id=row.id, revision=row.revision)
    _compare(record, seen)
    row.revision += 1
    row.sealed_record = seal_record(record, key=key, order_id=row.id, revision=row.revision)
    row.save(update_fields=["revision", "sealed_record"])
    audit_record(by, "account.looked-at", row.case_id)


def _compare(record: Record, seen: _Seen) -> None:
    for step in record.steps:
        fact = EFFECTS.get(step.act)
        if step.status not in _LOOKED_AT:
            continue
        if fact and fact[0] in seen.state.facts:
            _correct(step, seen.state, so=seen.state.facts[fact[0]] is fact[1])
        elif step.act in seen.items:
            _correct(step, seen.state, so=seen.items[step.act])


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
