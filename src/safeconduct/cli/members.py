"""``safeconduct members``: who works here. Whoever changes something signs in at the keyboard first."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import typer

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import Desk, MemberView, NewPerson, NewTeam, Role, TeamKind
from safeconduct.cli.plain import plain
from safeconduct.cli.screen import Screen, Terminal
from safeconduct.kernel.errors import NotAllowed, Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The sign-in name.")]
Roles = Annotated[list[Role], typer.Option("--role", help="What they may do; give it once for each role.")]
NEXT = """\
Two custodians sign the new keys of their teams: 'safeconduct members sign'. Then colleagues
put them into use: 'safeconduct teams rewrap'. The teams' old cards open only what was sealed
before; somebody in each team makes new ones: 'safeconduct teams cards'. What they have read,
they have read."""
ALONE = """\
Only this person can open {cases} cases and {others} other things kept here. Nobody will be able
to read them any more, and no card or backup brings them back. If this person can still sign in,
stop: when they do, everyone who may read gets the keys."""
Teams = Annotated[list[str] | None, typer.Option("--team", help="A team's name; give it once for each team.")]


@app.command("list")
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """List the people who work here and how their entries stand."""
    people = queries.everyone()
    typer.echo(json.dumps([_row(one) for one in people], ensure_ascii=False) if as_json else plain(_table(people)))


@app.command()
def invite(
    name: Name,
    roles: Roles,
    teams: Teams = None,
    *,
    shown: Annotated[str, typer.Option("--shown", help="The name that colleagues and reporters read.")] = "",
    country: Annotated[str, typer.Option(help="Two letters; reporters may exclude it.")] = "",
    languages: Annotated[str, typer.Option(help="Codes, by comma.")] = "en",
) -> None:
    """Write someone in, and show the words with which they join."""
    person = NewPerson(
        display_name=shown or name,
        sign_in_name=name,
        roles=frozenset(roles),
        country=country.upper(),
        languages=tuple(code.strip() for code in languages.split(",") if code.strip()),
        teams=tuple(teams or ()),
    )
    with at_the_keyboard(Terminal()) as desk:
        _show_words(services.invite_member(person, by=desk))


@app.command()
def replace(name: Name) -> None:
    """Give a colleague who lost words or phone a new way in."""
    _show_words(give_new_words(Terminal(), _member_id(name)))


@app.command()
def remove(name: Name) -> None:
    """Put someone out and give their teams new keys."""
    screen = Terminal()
    put_out(screen, _member_id(name))
    screen.say("They are out.")
    screen.say(NEXT)


@app.command("make-team")
def make_team(
    name: Annotated[str, typer.Argument(help="The team's name, as colleagues read it.")],
    kind: Annotated[TeamKind, typer.Option(help="What its key is for.")] = TeamKind.INTAKE,
    country: Annotated[str, typer.Option(help="Two letters; reporters may exclude it.")] = "",
) -> None:
    """Add a team. Invite people into it, then give it a key."""
    with at_the_keyboard(Terminal()) as desk:
        services.make_team(NewTeam(name, kind, country.upper()), by=desk)
    typer.echo(f"Made. Invite people with --team '{name}'. Once they are signed: safeconduct teams rekey '{name}'.")


@app.command()
def unlink(name: Name) -> None:
    """Let a colleague come in by name, words and code again, when their identity provider is away or was left."""
    with at_the_keyboard(Terminal()) as desk:
        services.unlink_provider(_member_id(name), by=desk)
    typer.echo("Unlinked. They come in by name, words and code now.")


@app.command()
def sign() -> None:
    """As a custodian, compare fingerprints by voice and sign what waits."""
    sign_all(Terminal())


@app.command()
def pin(name: Name) -> None:
    """Let a custodian's present key sign."""
    typer.echo(f"Ask {name} by voice for the fingerprint on their page. The database says:")
    typer.echo(f"  {services.custodian_fingerprint(name)}")
    if not typer.confirm("Is it the same?"):
        raise Refused("custodian.differs", "Nothing was pinned. If it differs, somebody changed the database.")
    services.pin_custodian(name)
    typer.echo("Pinned. The key signs from now on.")


@app.command()
def unpin(name: Name) -> None:
    """Let nothing count that a custodian ever signed."""
    services.unpin_custodian(name)
    typer.echo("Unpinned. Run 'safeconduct doctor' to see which entries need signing anew.")


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


@contextmanager
def custodian_agrees(screen: Screen, *, loses: bool = False) -> Iterator[services.Agreement]:
    """Sign a custodian in for the one act to which they agree, and ask for the word if it loses something."""
    with at_the_keyboard(screen) as custodian:
        word = screen.ask(f"Type '{services.UNREADABLE}' too, if you agree") if loses else ""
        yield services.Agreement(custodian, screen.ask_hidden("Your six words, to agree"), word)


def sign_all(screen: Screen) -> None:
    """Go through every entry that waits for this custodian."""
    with at_the_keyboard(screen) as desk:
        waiting = [one for one in queries.waiting_for_signatures(desk) if not one.mine]
        for one in waiting:
            _sign_one(screen, one, desk)
        if not waiting:
            screen.say("Nothing waits for your signature.")


def _sign_one(screen: Screen, one: queries.ToSign, desk: Desk) -> None:
    screen.say(f"\n{one.name}\n  {one.fingerprint}")
    screen.say(f"  {_vouched_for(one)}")
    if one.tampered:
        screen.say(f"  Changed since it was signed: {', '.join(one.changed)}. Find out why before you sign.")
    elif one.changed:
        screen.say(f"  Not as it was signed last: {', '.join(one.changed)}. Ask a lead whether that is meant.")
    if not screen.agree("Did they read you the same fingerprint?"):
        return
    complete = services.sign_roster(one.subject_id, passphrase=screen.ask_hidden("Your six words"), by=desk)
    screen.say("Signed. Both signatures are there." if complete else "Signed. One more custodian is needed.")


def _vouched_for(one: queries.ToSign) -> str:
    who = [one.sign_in_name, ", ".join(one.roles)] if one.sign_in_name else [f"{one.kind} team"]
    where = one.country or "no country"
    return "; ".join(word for word in (*who, where, ", ".join(one.teams)) if word)


def _member_id(name: str) -> UUID:
    found = [one.id for one in queries.everyone() if one.sign_in_name == name.strip().casefold()]
    if not found:
        raise Refused("member.unknown", "Nobody signs in by this name. 'safeconduct members list' shows who does.")
    return found[0]


def _show_words(words: str) -> None:
    typer.echo("Hand these words over in person. They open /invitation for three days, and nothing else:")
    typer.echo(f"\n    {words}\n")


def _row(one: MemberView) -> dict[str, object]:
    return {
        "sign_in_name": one.sign_in_name,
        "name": one.display_name,
        "roles": sorted(role.value for role in one.roles),
        "country": one.country,
        "standing": one.standing.value,
    }


def _table(people: tuple[MemberView, ...]) -> str:
    rows = [(one.sign_in_name, ", ".join(sorted(one.roles)), one.standing.value) for one in people]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    return "\n".join(f"{name:<{widths[0]}}  {roles:<{widths[1]}}  {standing}" for name, roles, standing in rows)
