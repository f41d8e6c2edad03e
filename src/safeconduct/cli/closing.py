"""Closing a colleague's way in, for a new one or for good: what is lost with them, and who agrees."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk, Role
from safeconduct.cli.keyboard import at_the_keyboard, custodian_agrees
from safeconduct.cli.screen import Screen

ALONE = """\
Only this person can open {cases} cases and {others} other things kept here. Nobody will be able
to read them any more, and no card or backup brings them back. If this person can still sign in,
stop: when they do, everyone who may read gets the keys."""


def give_new_words(screen: Screen, member_id: UUID) -> str:
    """Close a colleague's old way in and return the words for a new one."""
    with at_the_keyboard(screen) as desk:
        word = _word(screen, desk, member_id)
        with _agreement(screen, member_id, word) as agreement:
            return services.replace_lost_passphrase(member_id, by=desk, agreement=agreement, word=word)


def put_out(screen: Screen, member_id: UUID) -> None:
    """Put someone out and give their teams new keys."""
    with at_the_keyboard(screen) as desk:
        word = _word(screen, desk, member_id)
        with _agreement(screen, member_id, word) as agreement:
            services.remove_member(member_id, by=desk, agreement=agreement, word=word)


def _word(screen: Screen, desk: Desk, member_id: UUID) -> str:
    """Say what nobody could read any more, and return what the lead types about it; nothing where nothing is lost."""
    desk.must(Role.LEAD)
    alone = queries.opened_by_them_alone(member_id)
    if not alone:
        return ""
    screen.say(ALONE.format(cases=alone.cases, others=alone.others))
    return screen.ask(f"Type '{services.UNREADABLE}' to lose them, or nothing to stop")


@contextmanager
def _agreement(screen: Screen, member_id: UUID, word: str) -> Iterator[services.Agreement | None]:
    if word:
        screen.say("A custodian, who agrees that these are lost, signs in now.")
    elif services.needs_custodian(member_id):
        screen.say("This is a lead or a custodian. Another custodian, who agrees, signs in now.")
    else:
        yield None
        return
    with custodian_agrees(screen, loses=bool(word)) as agreement:
        yield agreement
