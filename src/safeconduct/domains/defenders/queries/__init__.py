"""What others read of identities: always for someone, one at a time, and never who somebody is."""

from collections.abc import Iterable
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import BENCHES, Desk, Role, TeamKind
from safeconduct.domains.defenders.models import Alarm, Asking
from safeconduct.domains.defenders.queries.reach import concerns, key_in, reason_of, reasons_with, tie_of
from safeconduct.domains.defenders.rules import OPEN_STAGES, Stage
from safeconduct.domains.defenders.views import AlarmView, AskingView, BenchAsking, Known, OwnAsking
from safeconduct.kernel import clock
from safeconduct.vault import Opened
from safeconduct.vault import services as vault

__all__ = ["alarms_for", "known_in", "own_askings_for", "seats_open", "waiting_for"]


def seats_open() -> bool:
    """Answer whether names can be kept at all: two benches, two custodians on each."""
    return accounts.benches_sit()


def known_in(conversation: Opened) -> Known | None:
    """Return what a conversation says of the identity behind it, with everyone who asked, for whoever has it open."""
    found = tie_of(conversation)
    if found is None:
        return None
    link, tie = found
    askings = [*link.identity.askings.order_by("-asked_at", "id")]
    reasons = reasons_with(askings, key_in(tie)) if tie.enrolled_here else {}
    names = accounts.names_for({one for each in askings for one in _people(each)})
    return Known(
        identity_id=link.identity_id,
        pseudonym=tie.pseudonym,
        enrolled_on=link.identity.enrolled_on,
        enrolled_here=tie.enrolled_here,
        askings=tuple(_view(each, reasons.get(each.id, ""), names) for each in askings),
    )


def own_askings_for(desk: Desk) -> tuple[OwnAsking, ...]:
    """Return what this member asked and has neither read nor lost yet, newest first."""
    found = Asking.objects.select_related("identity").filter(asker=desk.member_id, lapses_at__gt=clock.now())
    return tuple(
        OwnAsking(
            id=each.id,
            pseudonym=each.identity.pseudonym,
            stage=Stage(each.stage),
            asked_at=each.asked_at,
            lapses_at=each.lapses_at,
            approved_a=each.approved_a is not None,
            approved_b=each.approved_b is not None,
        )
        for each in found.filter(stage__in=_open()).order_by("-asked_at", "id")
    )


def waiting_for(desk: Desk) -> tuple[BenchAsking, ...]:
    """Return what waits for the bench that this custodian sits on, with the reasons; nothing for anyone else."""
    seat = accounts.bench_of(desk)
    if seat is None:
        return ()
    empty = {"approved_a__isnull" if seat is TeamKind.BENCH_A else "approved_b__isnull": True}
    found = [
        *Asking.objects.select_related("identity")
        .filter(stage=Stage.WAITING.value, lapses_at__gt=clock.now(), **empty)
        .order_by("lapses_at", "id")
    ]
    opened = vault.open({each.identity.book for each in found}, ring=desk.ring, why="see why somebody asks")
    names = accounts.names_for({each.asker for each in found})
    return tuple(
        BenchAsking(
            id=each.id,
            pseudonym=each.identity.pseudonym,
            asker=names.get(each.asker, ""),
            reason=reason_of(each, opened[each.identity.book]),
            asked_at=each.asked_at,
            lapses_at=each.lapses_at,
            other_bench_approved=bool(each.approved_a or each.approved_b),
        )
        for each in found
        if each.identity.book in opened
    )


def alarms_for(desk: Desk) -> tuple[AlarmView, ...]:
    """Return the alarms that nobody has seen, to leads and custodians whom, or whose bench, they are not about."""
    if not (desk.may(Role.LEAD) or desk.may(Role.CUSTODIAN)):
        return ()
    unseen = Alarm.objects.filter(seen_by__isnull=True).exclude(about__in=concerns(desk.member_id))
    found = [*unseen.order_by("raised_at", "id")]
    names = accounts.names_for({each.about for each in found}) | {
        bench.team_id: bench.name for kind, bench in accounts.benches().items() if kind in BENCHES
    }
    return tuple(AlarmView(each.id, names.get(each.about, ""), each.raised_at) for each in found)


def _view(asking: Asking, reason: str, names: dict[UUID, str]) -> AskingView:
    approved = [one for one in (asking.approved_a, asking.approved_b) if one]
    return AskingView(
        id=asking.id,
        asked_on=asking.asked_at.date(),
        asker=names.get(asking.asker, ""),
        reason=reason,
        stage=_stage_now(asking),
        approved_by=tuple(names.get(one, "") for one in approved),
        refused_by=names.get(asking.refused_by, "") if asking.refused_by else "",
        ended_on=asking.ended_on,
    )


def _stage_now(asking: Asking) -> Stage:
    """Return how far an asking is, also between its last hour and the round that notes its lapse."""
    stage = Stage(asking.stage)
    return Stage.LAPSED if stage in OPEN_STAGES and asking.lapses_at <= clock.now() else stage


def _people(asking: Asking) -> Iterable[UUID]:
    return (one for one in (asking.asker, asking.approved_a, asking.approved_b, asking.refused_by) if one)


def _open() -> list[str]:
    return [stage.value for stage in OPEN_STAGES]
