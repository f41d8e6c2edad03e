"""What a platform's users pressed, read where it lies. Nothing of it is kept here unless somebody puts it into a case.

Each look begins after what was said to be seen, and asks the platform anew: a look twice, or by two people, shows the
same and changes nothing. A flag makes no case by itself, and no severity.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.connectors.incoming import Flag, GivesFlags, ShowsItems
from safeconduct.connectors.port import Snapshot
from safeconduct.connectors.registry import connector_for, platforms
from safeconduct.domains.cases.models import FlagsSeen
from safeconduct.domains.cases.queries.queue import case_numbered
from safeconduct.domains.cases.queries.reach import check_staff
from safeconduct.domains.cases.rules import EvidenceKind
from safeconduct.domains.cases.services.evidence import keep_copy, open_to_keep
from safeconduct.domains.cases.services.exposure import count_lifted
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused

AT_MOST = 50
# No flag is about somebody we know, so the record names one fixed subject for all of them.
FLAGS = UUID("5afec0de-0000-4000-8000-000000000002")
CAUTION = "What somebody pressed on the platform, as the platform tells it. Nobody has checked it."


@dataclass(frozen=True)
class FlagsWaiting:
    """The flags of one platform that nobody has said to have seen, oldest first. ``after`` is where they begin."""

    platform: str
    flags: tuple[Flag, ...] = field(repr=False)
    after: str
    upto: str
    more: bool


def platforms_with_flags() -> list[str]:
    """Return the short ids of the platforms that let us read what their users pressed."""
    return [each for each in platforms() if isinstance(connector_for(each), GivesFlags)]


def flags_waiting(platform: str, desk: Desk) -> FlagsWaiting:
    """Ask a platform what was pressed since somebody last looked; ``Unavailable`` when it is silent."""
    check_staff(desk)
    connector = connector_for(platform)
    if not isinstance(connector, GivesFlags):
        raise NotAllowed
    after = FlagsSeen.objects.filter(pk=platform).values_list("cursor", flat=True).first() or ""
    page = connector.flags(after, limit=AT_MOST)
    return FlagsWaiting(platform, tuple(page.flags), after, page.cursor, page.more)


def open_flag(platform: str, flag_id: str, desk: Desk) -> Flag:
    """Return one flag to be read, which counts for the reader's own eyes and is written down."""
    flag = _flag(platform, flag_id, desk)
    with transaction.atomic():
        count_lifted(desk.member_id)
        audit.record(desk.actor, "flag.opened", FLAGS)
    return flag


@transaction.atomic
def mark_seen(platform: str, desk: Desk, *, after: str, upto: str) -> None:
    """Begin the next look after these flags. A page that another look has overtaken changes nothing."""
    check_staff(desk)
    if platform not in platforms_with_flags():
        raise NotAllowed
    row, _made = FlagsSeen.objects.select_for_update().get_or_create(
        pk=platform, defaults={"cursor": "", "seen_on": clock.now().date()}
    )
    if row.cursor != after:
        return
    row.cursor, row.seen_on = upto, clock.now().date()
    row.save(update_fields=["cursor", "seen_on"])
    audit.record(desk.actor, "flags.seen", FLAGS)


def put_into_case(platform: str, flag_id: str, number: str, desk: Desk) -> UUID:
    """Keep a flag as evidence of a case that this desk can open, with a copy of the message where there is one."""
    flag = _flag(platform, flag_id, desk)
    case_id = _case_numbered(number, desk)
    with transaction.atomic():
        open_to_keep(case_id, desk)
    message = _message(platform, flag)
    keep_copy(case_id, _written(flag), EvidenceKind.FLAG, name="", note="", desk=desk)
    if message is not None:
        keep_copy(case_id, message, EvidenceKind.MESSAGE, name=flag.item, note="", desk=desk)
    return case_id


def _flag(platform: str, flag_id: str, desk: Desk) -> Flag:
    for flag in flags_waiting(platform, desk).flags:
        if flag.id == flag_id:
            return flag
    raise NotAllowed


def _case_numbered(number: str, desk: Desk) -> UUID:
    try:
        return case_numbered(number, desk)
    except NotAllowed:
        # Said alike for a number nobody has and for a case of others.
        raise Refused("case.number", "You can open no case of this number. Read it again.") from None


def _message(platform: str, flag: Flag) -> Snapshot | None:
    connector = connector_for(platform)
    return connector.item(flag.item) if flag.item and isinstance(connector, ShowsItems) else None


def _written(flag: Flag) -> Snapshot:
    content = json.dumps(asdict(flag), default=str, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Snapshot(content, "application/json", clock.now(), hashlib.sha256(content).hexdigest(), CAUTION)
