"""The seven stops of the tour, and where a visitor stands: what the record shows as done, and what was looked at."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.audit import queries
from safeconduct.kernel.actors import ActorKind

Words = str | Promise


@dataclass(frozen=True)
class Stop:
    """One thing to do, with one button. ``person`` is who signs in for it, ``leads_to`` where it is done otherwise.

    ``recorded`` is the act in the audit record, and the kind of actor, that shows it done; a stop without one is done
    once it was looked at.
    """

    word: str
    short: Words
    heading: Words
    words: Words
    button: Words
    person: str = ""
    leads_to: str = ""
    recorded: tuple[str, frozenset[ActorKind]] | None = None


_STAFF = frozenset({ActorKind.MEMBER})
_PARTNER = frozenset({ActorKind.PARTNER_MEMBER, ActorKind.PARTNER_PROGRAM})

STOPS = (
    Stop(
        "report",
        _("Report"),
        _("Report, as Amina"),
        _(
            "Strangers have published where Amina lives. She needs no account, no name and no script. "
            "Say that her account is called amina, and keep the thirty digits you get."
        ),
        _("Open the first page"),
        leads_to="/help",
        recorded=("report.received", frozenset({ActorKind.REPORTER})),
    ),
    Stop(
        "take",
        _("Take"),
        _("Take the case, as Ines"),
        _("Ines works in the Lisbon team. What came in stays veiled until she chooses to look. She takes it."),
        _("Sign in as Ines"),
        person="ines",
        recorded=("case.taken", _STAFF),
    ),
    Stop(
        "secure",
        _("Secure"),
        _("Secure the account"),
        _(
            "On the case, press Secure this account. First you read what Amina loses, and what someone holding her "
            "phone will see. Then you order it."
        ),
        _("Open the case as Ines"),
        person="ines",
        recorded=("account.act-ordered", _STAFF | {ActorKind.REPORTER}),
    ),
    Stop(
        "watch",
        _("Watch"),
        _("Watch it lock"),
        _("The platform is another program, reached by signed calls alone. Its own page says whether anyone gets in."),
        _("Open her account on Juniper Square"),
        leads_to="/tour/watch/",
    ),
    Stop(
        "prove",
        _("Prove"),
        _("Hold us to it, as Tomas"),
        _(
            "Tomas works for a partner. He files one line for someone and saves the proof that it came; one command "
            "checks it. After an answer, a new proof says how long he waited. We cannot change either."
        ),
        _("Sign in as Tomas"),
        person="tomas",
        recorded=("report.received", _PARTNER),
    ),
    Stop(
        "steal",
        _("Steal"),
        _("Steal this database"),
        _("Take everything: the database, the files, every key of the service. Then look for the words you typed."),
        _("Be the thief"),
        leads_to="/tour/theft/",
    ),
    Stop(
        "connect",
        _("Connect"),
        _("Connect yours"),
        _("Seven signed calls, and one command that says what your platform can truly do for a defender."),
        _("Read how"),
        leads_to="/tour/connect/",
    ),
)
LOOKED_AT = frozenset(stop.word for stop in STOPS if stop.recorded is None)


@dataclass(frozen=True)
class Place:
    """A stop as it stands for this visitor: ``done``, ``now`` or ``next``."""

    stop: Stop
    standing: str


def places(seen: Collection[str]) -> list[Place]:
    """Return every stop in order. The first that is not done is where the visitor is now."""
    recorded = queries.kinds_that_did(*{stop.recorded[0] for stop in STOPS if stop.recorded})
    finished = {stop.word for stop in STOPS if _is_done(stop, seen, recorded)}
    now = next((stop.word for stop in STOPS if stop.word not in finished), "")
    return [Place(stop, _standing(stop, finished, now)) for stop in STOPS]


def _standing(stop: Stop, finished: Collection[str], now: str) -> str:
    if stop.word in finished:
        return "done"
    return "now" if stop.word == now else "next"


def _is_done(stop: Stop, seen: Collection[str], recorded: Collection[tuple[str, ActorKind]]) -> bool:
    if stop.recorded is None:
        return stop.word in seen
    act, kinds = stop.recorded
    return any((act, kind) in recorded for kind in kinds)
