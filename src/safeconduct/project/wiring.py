"""Which fact is heard by whom, and which work is done how often. The only place that sees everything at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import transaction

from safeconduct.accounts import following
from safeconduct.accounts import services as accounts
from safeconduct.audit import checks as about_the_record
from safeconduct.audit import services as audit
from safeconduct.backups import checks as about_backups
from safeconduct.backups import replaying
from safeconduct.connectors import registry
from safeconduct.connectors.heard import count as count_heard
from safeconduct.connectors.incoming import Happenings
from safeconduct.domains.cases import checks as about_cases
from safeconduct.domains.cases import gates, needed
from safeconduct.domains.cases import kept_checks as about_keeping
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.cases.services import channel, erasing, escalation, intake, link_records, rewrapping
from safeconduct.domains.defenders import checks as about_defenders
from safeconduct.domains.defenders import services as defenders
from safeconduct.domains.demands import checks as about_demands
from safeconduct.domains.demands import services as demands
from safeconduct.domains.demands.events import DemandEnded
from safeconduct.domains.demands.services import keeping as register
from safeconduct.domains.early_warning import checks as about_early_warning
from safeconduct.domains.early_warning import services as early_warning
from safeconduct.domains.partners import services as partners
from safeconduct.domains.remedy import checks as about_remedy
from safeconduct.domains.remedy import queries as remedy
from safeconduct.domains.remedy import services as reasons
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.services import forgetting as appeals
from safeconduct.domains.safety import services as safety
from safeconduct.domains.transparency import services as transparency
from safeconduct.jobs.rounds import Round
from safeconduct.jobs.runner import Runner
from safeconduct.kernel import checks, events
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.ids import new_id
from safeconduct.project import checks as about_platforms
from safeconduct.vault import files, ledger, outbox
from safeconduct.vault import services as vault
from safeconduct.web.portal import checks as about_the_portal


def wire() -> None:
    """Let doctor look at every room, and facts be heard. Called once, when Django is ready."""
    rooms = (
        about_the_record,
        about_backups,
        about_defenders,
        about_early_warning,
        about_cases,
        about_keeping,
        about_demands,
        about_remedy,
        about_the_portal,
        about_platforms,
    )
    for check in (each for room in rooms for each in room.CHECKS):
        checks.register(check)
    gates.demand("appeals", about_remedy.gate)
    needed.register("appeals", needed.Room(appeals.needs, appeals.ids, appeals.forget))
    needed.register("demands", needed.Room(register.needs, register.ids, register.forget))
    for check in about_the_portal.CHECKS:
        gates.demand(check.name, partial(_refusal, check))
    events.subscribe(Happenings, count_heard)
    events.subscribe(CaseClosed, transparency.count_closed)
    events.subscribe(AppealDecided, transparency.count_appeal)
    events.subscribe(DemandEnded, transparency.count_demand)
    following.register("demands", demands.follow_keys)
    _let_restores_lose_again()
    following.register("cases", rewrapping.follow_keys, gather=rewrapping.gather)
    following.register("appeals", reasons.rewrap_reviews)
    following.register("numbers", transparency.follow_keys)
    following.register("index", early_warning.follow_keys)
    following.register("identities", defenders.follow_benches)


def _let_restores_lose_again() -> None:
    replaying.on(ledger.DESTROYED, vault.destroy_again)
    replaying.on(ledger.DESTROYED, erasing.forget_destroyed)
    replaying.on(ledger.DESTROYED, transparency.forget_destroyed)
    replaying.on(ledger.DESTROYED, register.forget_destroyed)
    replaying.on(ledger.DESTROYED, defenders.forget)
    replaying.on(defenders.HANDED, defenders.forget_handed)
    replaying.on(erasing.LETTERS, erasing.forget_letters)
    replaying.on(erasing.WAYS, erasing.close_ways_in)
    for listed in (cases.listed_files, remedy.listed_files):
        replaying.list_files(listed)


def _refusal(check: checks.Check) -> str:
    diagnosis = check.run()
    return "" if diagnosis.well else f"{diagnosis.what} {diagnosis.mend}"


def rounds() -> list[Round]:
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
        Round("former keys", timedelta(hours=1), accounts.forget_superseded),
        Round("index", timedelta(hours=1), partial(early_warning.sweep, cases.reports_still_there)),
        Round("erasures", timedelta(hours=1), erasing.erase_due),
        Round("old demands", timedelta(hours=1), register.erase_due),
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
def _record_reinstated(platform: str) -> None:
    # Whose account it was stands nowhere here, so the entry is about an id that nothing else has.
    audit.record(BY_RULE, "account.reinstated", new_id(), facts={"platform": platform})


def _sweep_files() -> int:
    return files.sweep(cases.listed_files() | remedy.listed_files(), older_than=timedelta(hours=3))


def begin_work() -> None:
    """Say, as the one worker of this service, what became of orders that a former process took to its grave."""
    outbox.retire_others()
    outbox.keep_fresh()
    early_warning.nobody_awake()
    safety.mark_lost_orders()
    reasons.mark_lost_statements()
