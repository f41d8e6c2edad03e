"""Which work is done how often, and on which thread. The only place that sees all of it at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import transaction

from safeconduct.accounts import services as accounts
from safeconduct.audit import services as audit
from safeconduct.connectors import registry
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.services import channel, erasing, escalation, intake, link_records
from safeconduct.domains.defenders import services as defenders
from safeconduct.domains.demands.services import keeping as demands
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.domains.partners import services as partners
from safeconduct.domains.remedy import queries as remedy
from safeconduct.domains.remedy import services as reasons
from safeconduct.domains.safety import services as safety
from safeconduct.jobs.rounds import Round
from safeconduct.jobs.runner import Runner
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.ids import new_id
from safeconduct.vault import files, ledger, outbox, owed


def within_the_house() -> list[Round]:
    """Return the timed work within this house, in the order in which it matters."""
    return [*_urgent(), *_unhurried()]


def _urgent() -> list[Round]:
    """Return what people's safety waits for. Nothing that may have a backlog stands here."""
    return [
        Round("record", timedelta(seconds=1), audit.sequence_pending),
        Round("escalations", timedelta(seconds=5), escalation.raise_due_rungs),
        Round("lapses", timedelta(minutes=1), safety.lapse_due),
        Round("lost orders", timedelta(minutes=1), safety.mark_lost_orders),
        Round("lost statements", timedelta(minutes=1), reasons.mark_lost_statements),
        Round("askings", timedelta(minutes=1), defenders.tidy_askings),
    ]


def _unhurried() -> list[Round]:
    """Return what may take long where much has gathered, and what nobody waits for."""
    return [
        Round("old identities", timedelta(hours=1), defenders.erase_old),
        Round("drafts", timedelta(minutes=1), intake.sweep_drafts),
        Round("stray files", timedelta(hours=1), _sweep_files),
        Round("old filings", timedelta(days=1), partners.forget_old_filings),
        Round("lines owed to the ledger", timedelta(minutes=5), owed.settle),
        Round("pins of people put out", timedelta(hours=1), accounts.bar_whoever_is_out),
        Round("former keys", timedelta(hours=1), accounts.forget_superseded),
        Round("index", timedelta(hours=1), partial(early_warning.sweep, cases.reports_still_there)),
        Round("erasures", timedelta(hours=1), erasing.erase_due),
        Round("old demands", timedelta(hours=1), demands.erase_due),
        Round("ledger's day", timedelta(hours=1), ledger.note_day),
        Round("sessions", timedelta(minutes=5), accounts.forget_old_sessions),
    ]


def errands() -> list[list[Round]]:
    """Return the work that waits for strangers' servers: each list has a thread of its own, since any may stall."""
    return [
        [Round("acts", timedelta(seconds=0.5), _carry_out_acts)],
        [Round("pages", timedelta(seconds=5), escalation.send_waiting_pages)],
        [Round("calls to benches", timedelta(seconds=5), _call_benches)],
        [Round("helpdesk", timedelta(seconds=5), link_records.tell_helpdesk)],
        [Round("bells", timedelta(seconds=5), partners.deliver_bells)],
        [Round("statements", timedelta(seconds=2), reasons.carry_statements)],
        [Round("suspensions", timedelta(minutes=1), end_suspensions)],
    ]


def threads() -> list[list[Round]]:
    """Return all timed work, each list on a thread of its own, so that a backlog delays no rung and no entry."""
    return [_urgent(), _unhurried(), *errands()]


@contextmanager
def working() -> Iterator[None]:
    """Do all timed work beside the caller inside the block, as the one worker of this service."""
    begin_work()
    runners = [Runner(each) for each in threads()]
    for runner in runners:
        runner.start()
    try:
        yield
    finally:
        for runner in runners:
            runner.stop()


def _carry_out_acts() -> int:
    outbox.keep_fresh()
    return safety.carry_out()


def _call_benches() -> int:
    return defenders.send_waiting_calls(channel.wake)


def end_suspensions() -> int:
    """End the suspensions whose time is over, where the platform cannot, and record each."""
    return registry.end_what_is_over(_record_reinstated)


@transaction.atomic
def _record_reinstated(_platform: str) -> None:
    # Whose account it was stands nowhere here, so the entry is about an id that nothing else has.
    audit.record(BY_RULE, "account.reinstated", new_id())


def _sweep_files() -> int:
    return files.sweep(cases.listed_files() | remedy.listed_files(), older_than=timedelta(hours=3))


def begin_work() -> None:
    """Say, as the one worker of this service, what became of orders that a former process took to its grave."""
    outbox.retire_others()
    outbox.keep_fresh()
    early_warning.nobody_awake()
    safety.mark_lost_orders()
    reasons.mark_lost_statements()
