"""Signing people in at the keyboard, for one command, and a custodian who agrees to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.accounts import services
from safeconduct.accounts.values import Desk
from safeconduct.cli.screen import Screen
from safeconduct.kernel.errors import NotAllowed


@contextmanager
def at_the_keyboard(screen: Screen) -> Iterator[Desk]:
    """Sign somebody in for one command and out again."""
    name = screen.ask("Your sign-in name")
    words, code = screen.ask_hidden("Your six words"), screen.ask("The six digits of your app")
    made = services.sign_in(name, words, code, in_person=True)
    try:
        desk = services.session_from(made.cookie)
        if not isinstance(desk, Desk):
            raise NotAllowed
        yield desk
    finally:
        services.end_session(made.cookie)


@contextmanager
def custodian_agrees(screen: Screen, *, loses: bool = False) -> Iterator[services.Agreement]:
    """Sign a custodian in for the one act to which they agree, and ask for the word if it loses something."""
    with at_the_keyboard(screen) as custodian:
        word = screen.ask(f"Type '{services.UNREADABLE}' too, if you agree") if loses else ""
        yield services.Agreement(custodian, screen.ask_hidden("Your six words, to agree"), word)
