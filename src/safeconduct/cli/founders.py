"""Asks who founds a programme: a first lead, a second member, two custodians."""

import re
from dataclasses import replace

from babel import Locale

from safeconduct.accounts.values import NewPerson, NewTeam, Role, TeamKind
from safeconduct.cli.screen import Screen
from safeconduct.kernel.errors import Refused

INTAKE, LEADS = "Intake", "Leads"
TEAMS = (NewTeam(INTAKE, TeamKind.INTAKE), NewTeam(LEADS, TeamKind.LEAD))
CUSTODIANS = 2
# Each looks again at what the other decided, so that from the first day an appeal finds fresh eyes.
DECIDES = frozenset({Role.RESPONDER, Role.APPEAL_REVIEWER})
ENGLISH = Locale("en")
COUNTRY = re.compile(r"[A-Z]{2}")
# Unions, test regions and the unknown one: each has two letters and a name, and none is where somebody works.
NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
NO_LANGUAGE = frozenset({"mul", "und", "zxx"})
SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")

WELCOME = """\
This starts a real, empty programme. You need, in this room or one after the other:
  a first lead, a second member, and two custodians.
Custodians sign whose key is whose. They best be two further people.
Each of them writes down six words, scans a code with their phone, and keeps paper cards."""


def founders(screen: Screen) -> list[NewPerson]:
    """Return the founders in the order in which they will be called to the screen."""
    screen.say(WELCOME)
    screen.say("\nThe first lead: may invite, remove, and read what is escalated.")
    people = [_person(screen, [], frozenset({Role.LEAD, *DECIDES}), (LEADS,))]
    screen.say("\nThe second member: reads reports and acts on them. The two look again at what the other decided.")
    people.append(_person(screen, people, DECIDES, (INTAKE,)))
    while sum(Role.CUSTODIAN in person.roles for person in people) < CUSTODIANS:
        people = _with_custodian(screen, people)
    return people


def agreed(screen: Screen, people: list[NewPerson]) -> list[NewPerson]:
    """Show who founds it, and let each be corrected. Raises ``Refused`` when nobody says yes."""
    while True:
        screen.say("\nThese people found it:")
        for person in people:
            screen.say(f"  {_line(person)}")
        if screen.agree("\nFound the programme with these people?"):
            return people
        name = screen.ask("Whose entry is wrong? The sign-in name; empty to stop", default="").casefold()
        if not name:
            raise Refused("init.stopped", "Nothing was founded.")
        people = [_corrected(screen, person, people) if person.sign_in_name == name else person for person in people]


def _corrected(screen: Screen, wrong: NewPerson, people: list[NewPerson]) -> NewPerson:
    others = [person for person in people if person is not wrong]
    return _person(screen, others, wrong.roles, wrong.teams)


def _line(person: NewPerson) -> str:
    country = ENGLISH.territories[person.country] if person.country else "no country said"
    languages = ", ".join(ENGLISH.languages[code] for code in person.languages)
    roles = ", ".join(sorted(role.value for role in person.roles))
    return f"{person.sign_in_name}: {person.display_name}; {country}; reads {languages}; {roles}"


def _with_custodian(screen: Screen, people: list[NewPerson]) -> list[NewPerson]:
    screen.say("\nA custodian: someone further, or the sign-in name of somebody above.")
    name = _sign_in_name(screen)
    if any(person.sign_in_name == name for person in people):
        return [_also_custodian(person) if person.sign_in_name == name else person for person in people]
    return [*people, _described(screen, name, frozenset({Role.CUSTODIAN}), ())]


def _also_custodian(person: NewPerson) -> NewPerson:
    return replace(person, roles=person.roles | {Role.CUSTODIAN})


def _person(screen: Screen, others: list[NewPerson], roles: frozenset[Role], teams: tuple[str, ...]) -> NewPerson:
    name = _sign_in_name(screen)
    while any(person.sign_in_name == name for person in others):
        screen.say("Somebody above has this name. Each person needs their own.")
        name = _sign_in_name(screen)
    return _described(screen, name, roles, teams)


def _described(screen: Screen, name: str, roles: frozenset[Role], teams: tuple[str, ...]) -> NewPerson:
    shown = screen.ask("  Name as colleagues and reporters read it", default=name)
    return NewPerson(shown, name, roles, _country(screen), _languages(screen), teams)


def _sign_in_name(screen: Screen) -> str:
    while not SIGN_IN_NAME.fullmatch(name := screen.ask("  Sign-in name").casefold()):
        screen.say("  Two to forty small letters, digits, dots or dashes. It need not be the person's own name.")
    return name


def _country(screen: Screen) -> str:
    question = "  Country they work in, two letters (reporters may exclude it; empty if nobody should know)"
    while (country := screen.ask(question, default="").upper()) and not _is_country(country):
        screen.say("  The two letters of a country, such as NL, or nothing.")
    return country


def _is_country(code: str) -> bool:
    return bool(COUNTRY.fullmatch(code)) and code in ENGLISH.territories and code not in NO_COUNTRY


def _languages(screen: Screen) -> tuple[str, ...]:
    codes = _language_codes(screen)
    while unknown := [code for code in codes if not _is_language(code)]:
        screen.say(f"  Not the code of a language: {', '.join(unknown)}. Codes are such as en, ar or sw.")
        codes = _language_codes(screen)
    return codes


def _language_codes(screen: Screen) -> tuple[str, ...]:
    typed = screen.ask("  Languages they read, by code and comma", default="en")
    return tuple(code.strip().lower() for code in typed.split(",") if code.strip()) or ("en",)


def _is_language(code: str) -> bool:
    return code in ENGLISH.languages and code not in NO_LANGUAGE
