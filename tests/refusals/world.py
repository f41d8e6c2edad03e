"""A programme at work, with somebody in every role and a thing behind every address, for the test of who sees what."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Introduction, MemberKind, NewTeam, Role, TeamKind
from safeconduct.audit import queries as audit
from safeconduct.connectors import paging, registry
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import (
    by_law,
    channel,
    conversation,
    escalation,
    identities,
    intake,
    keeping,
    work,
)
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Origin
from safeconduct.domains.defenders import services as defenders
from safeconduct.domains.defenders.models import Alarm
from safeconduct.domains.partners import services as partners
from safeconduct.domains.remedy import services as remedy
from safeconduct.domains.remedy.rules import Remedy
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from safeconduct.kernel.slate import slate
from safeconduct.vault import outbox
from safeconduct.web.console.marks import mark_of
from safeconduct.web.sessions import DESK_COOKIE, INTRODUCTION_COOKIE, WAY_COOKIE
from tests.cast import IDRIS, INES, LEYLA, TOMAS, VICTOR, Person
from tests.domains.cases import making
from tests.domains.cases.making import ANSWERS, DECISION, KeptPages, MadeCase, make_case, open_door, partner_origin
from tests.domains.defenders.making import TOLD, nobody_from
from tests.domains.demands import making as demands
from tests.domains.remedy.making import appeal, appeal_with, statement
from tests.domains.safety.platform import FakePlatform
from tests.partnership import LANTERN, LANTERN_ID, welcome
from tests.programme import (
    BENCH_A,
    CHEAP,
    LEADS,
    LISBON,
    NAIROBI,
    ON_BENCHES,
    PARTNER_ID,
    TEAMS,
    WITH_BENCHES,
    Programme,
    founder,
)
from tests.refusals.roles import Who
from tests.web.console.conftest import AMINAS, sealed_picture
from tests.web.console.test_acts import order

# What no page may show to whoever is not let in.
SECRET = "They published where I live, beside the blue mill."
NADIA, PETRA, BORIS = Person("Nadia", "nadia"), Person("Petra", "petra"), Person("Boris", "boris", "PT")

# Everyone has as few roles as their part needs: what one role opens must not be seen through another.
PEOPLE = (
    founder(LEYLA, Role.LEAD, team=LEADS),
    founder(INES, Role.RESPONDER, team=LISBON),
    founder(IDRIS, Role.RESPONDER, Role.APPEAL_REVIEWER, team=NAIROBI),
    founder(NADIA, Role.APPEAL_REVIEWER),
    founder(PETRA, Role.APPEAL_REVIEWER),
    founder(BORIS, Role.RESPONDER, team=LISBON),
    *ON_BENCHES,
    founder(TOMAS, Role.PARTNER, team=TEAMS[-1].name, organisation=PARTNER_ID),
    founder(VICTOR, Role.PARTNER, team=LANTERN, organisation=LANTERN_ID),
)
SIGNED_IN = {
    Who.COLLEAGUE: "ines",
    Who.DECIDER: "idris",
    Who.LEAD: "leyla",
    Who.CUSTODIAN: "chiara",
    Who.OTHER_BENCH: "joon",
    Who.REVIEWER: "nadia",
    Who.OTHER_REVIEWER: "petra",
    Who.PARTNER: "tomas",
    Who.OTHER_PARTNER: "victor",
    Who.REMOVED: "boris",
}


@dataclass
class World:
    """Who asks, and what there is. ``things`` are the ids that a row's address names in braces."""

    programme: Programme
    cookies: dict[Who, dict[str, str]] = field(default_factory=dict)
    tokens: dict[Who, str] = field(default_factory=dict)
    things: dict[str, object] = field(default_factory=dict)
    words: str = SECRET
    service: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def client(self, who: Who) -> Client:
        """Return a fresh browser or program: what one page takes from it, another still finds."""
        token = self.tokens.get(who)
        client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})
        # One service for everybody, as in use; to set up a new one for each request would take a third of the test.
        client.handler = self.service
        for name, value in self.cookies.get(who, {}).items():
            client.cookies[name] = value
        return client


@contextmanager
def world(folder: Path, words: str = SECRET) -> Iterator[World]:
    """Make it once for all rows; nothing of it is left in the database. Whoever writes anything writes ``words``."""
    pager = KeptPages()
    with (
        _nothing_remembered(),
        override_settings(DATA=folder),
        transaction.atomic(),
        registry.registered(FakePlatform()),
        paging.registered(pager),
    ):
        made = _founded()
        made.words = words
        _keys(made)
        _things(made)
        _leave(made)
        _introduce(made)
        yield made
        transaction.set_rollback(True)


@contextmanager
def _nothing_remembered() -> Iterator[None]:
    slate.wipe()
    outbox.retire()
    outbox.keep_fresh()
    yield
    outbox.retire()


def _founded() -> World:
    teams = (*WITH_BENCHES, NewTeam(LANTERN, TeamKind.PARTNER, "", LANTERN_ID))
    programme = Programme(accounts.found_programme(PEOPLE, teams, work=CHEAP))
    for organisation_id, name in ((PARTNER_ID, TEAMS[-1].name), (LANTERN_ID, LANTERN)):
        welcome(programme, organisation_id, name)
    open_door(programme)
    return World(programme)


def _keys(made: World) -> None:
    for who, name in SIGNED_IN.items():
        made.cookies[who] = {DESK_COOKIE: made.programme.cookie(name)}
    for who, name in ((Who.PROGRAM, "tomas"), (Who.OTHER_PROGRAM, "victor")):
        token = partners.make_token("case system", by=made.programme.desk(name))
        made.tokens[who] = token.text
        made.things.setdefault("token", token.id)


def _things(made: World) -> None:
    things, ines, idris = made.things, made.programme.desk("ines"), made.programme.desk("idris")
    case = _filed("case", made)
    work.take_case(case.id, idris)
    placed = order(made.client(Who.DECIDER), case)
    things |= {"order": UUID(placed["Location"].split("/orders/")[1].partition("/")[0])}
    in_a_month = clock.now().date() + timedelta(days=30)
    things["hold"] = keeping.ask_hold(case.id, idris, reason="A court asks.", review_on=in_a_month)
    things["demand"] = demands.log(idris)
    things["mark"] = mark_of(case.id, AccountRef(AMINAS.platform, AMINAS.handle))
    things |= {"entry": audit.entries_for(case.id)[0].id}
    _appealed(made)
    _closed(made)
    _enrolled(made)
    _filed("report", made, by=partner_origin(made.programme))
    things["report"] = things.pop("report_report")
    alike_ones = [make_case(made.programme) for _ in range(4)]
    things["new"] = alike_ones[0].id
    (group,) = queries.flood_groups_for(ines)
    child = _filed("child", made)
    by_law.restrict(child.id, ines, reason="One picture.")
    channel.set_pager_address(ines, "kept", "ines")
    make_case(made.programme, danger=Danger.NOW, text="They are at my door now.")
    escalation.raise_due_rungs()
    page = queries.pages_for(ines)[0]
    things |= {"group": group.id, "page": page.id, "member": ines.member_id, "team": made.programme.team_id(NAIROBI)}
    things |= {"period": "2026-10", "key": new_id(), "look": "forged"}


def _filed(name: str, made: World, *, by: Origin = ANONYMOUS, **answers: object) -> MadeCase:
    """Report with a picture, and remember the ids of case, report and picture under a name."""
    attacker = AccountNamed("juniper-square", made.words[:60], mine=False)
    told = replace(ANSWERS, text=made.words, tell=made.words[:60], accounts=(AMINAS, attacker))
    told = replace(told, **answers)  # type: ignore[arg-type] # the fields of Answers, checked by replace
    picture = sealed_picture()
    receipt = intake.file_report(told, nonce=secrets.token_bytes(32), files=[picture], by=by)
    made.things |= {name: receipt.case_id, f"{name}_report": receipt.report_id, f"{name}_file": picture.id}
    return MadeCase(receipt, told)


def _appealed(made: World) -> None:
    """Decide a case; its reporter appeals and the person acted on does, and a reviewer takes the first."""
    things, idris = made.things, made.programme.desk("idris")
    case = _filed("decided", made)
    for step in (making._take, making._assess):
        step(case.id, idris)
    remedy.decide_case(case.id, DECISION, idris)
    promised = remedy.promise(case.id, case.report_id, Remedy.EXPLAIN, "A letter.", idris, key=new_id())
    given = statement(made.programme, case, by="idris")
    things |= {"promise": promised, "appeal": appeal(case).appeal_id, "untaken": appeal_with(given).appeal_id}
    remedy.take_appeal(things["appeal"], made.programme.desk("nadia"))  # type: ignore[arg-type] # an id
    other = _filed("other", made)
    for who, filed in ((Who.REPORTER, case), (Who.OTHER_REPORTER, other)):
        made.cookies[who] = {WAY_COOKIE: conversation.enter(filed.code)}


def _closed(made: World) -> None:
    """Close a case, and let the decider ask that it is erased before its time."""
    case, idris = _filed("closed", made), made.programme.desk("idris")
    for step in (making._take, making._assess, making._decide, making._close):
        step(case.id, idris)
    made.things["wish"] = keeping.ask_erasure(case.id, idris, reason="She wants it.")


def _enrolled(made: World) -> None:
    """Let three enrol, one of whom keeps the decider out; askings stand at every step, and alarms wait."""
    people = {name: made.programme.desk(name) for name in ("ines", "idris", "leyla", "yara", "kofi")}
    named, other, third = (_named(name, made, "idris") for name in ("named", "named_too", "named_third"))
    kept = _named("kept", made, "ines", exclusions=nobody_from("KE"))
    asked = {"asking": named, "approved": other, "half": third}
    things = {name: defenders.ask_for(one, made.words, by=people["ines"]) for name, one in asked.items()}
    things["excluded"] = defenders.ask_for(kept, made.words, by=people["idris"])
    for name, custodians in (("approved", ("yara", "kofi")), ("half", ("yara",))):
        for one in custodians:
            defenders.approve(things[name], by=people[one])
    about = {"alarm": people["ines"].member_id, "alarm_of_lead": people["leyla"].member_id}
    about["alarm_of_bench"] = made.programme.team_id(BENCH_A)
    alarms = {name: Alarm.objects.create(about=one, raised_at=clock.this_minute()).id for name, one in about.items()}
    made.things |= things | alarms | {"pseudonym": named}


def _named(name: str, made: World, by: str, **answers: object) -> str:
    """File a report, let somebody take it and enrol its reporter; return the pseudonym."""
    case, desk = _filed(name, made, **answers), made.programme.desk(by)
    work.take_case(case.id, desk)
    return identities.enrol(case.id, case.report_id, TOLD, desk)


def _leave(made: World) -> None:
    """End one session, and put a responder out."""
    gone = accounts.enter_as(*_words_of(made, "kofi"))
    accounts.end_session(gone.cookie)
    made.cookies[Who.ENDED] = {DESK_COOKIE: gone.cookie}
    accounts.remove_member(made.programme.member_id("boris"), by=made.programme.desk("leyla"))


def _introduce(made: World) -> None:
    """Let the provider introduce the lead, and no more. Their cookie is tried as a member's too."""
    words, serves = made.programme.founded.person("leyla").passphrase, frozenset({MemberKind.STAFF})
    said = Introduction("house", "https://id.example", "leyla-at-home", serves)
    accounts.link_provider(accounts.keep_introduction(said).cookie, passphrase=words, by=made.programme.desk("leyla"))
    cookie = accounts.greet(said).cookie
    made.cookies[Who.INTRODUCED] = {INTRODUCTION_COOKIE: cookie, DESK_COOKIE: cookie}


def _words_of(made: World, name: str) -> tuple[str, str, str]:
    person = made.programme.founded.person(name)
    return person.sign_in_name, person.passphrase, person.second_factor_secret
