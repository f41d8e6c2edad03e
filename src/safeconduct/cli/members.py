"""``safeconduct members``: who works here. Whoever changes something signs in at the keyboard first."""

import json
from typing import Annotated
from uuid import UUID

import typer

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import MemberView, NewPerson, NewTeam, Role, TeamKind
from safeconduct.cli.closing import give_new_words, put_out
from safeconduct.cli.keyboard import at_the_keyboard
from safeconduct.cli.plain import plain
from safeconduct.cli.screen import Terminal
from safeconduct.cli.signing import sign_all
from safeconduct.kernel.errors import Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The sign-in name.")]
ROLES = ", ".join(role.value for role in Role)
Roles = Annotated[
    list[str], typer.Option("--role", metavar="ROLE", help=f"What they may do, once for each role: {ROLES}.")
]
NEXT = """\
Two custodians sign the new keys of their teams: 'safeconduct members sign'. Then colleagues
put them into use: 'safeconduct teams rewrap'. The teams' old cards open only what was sealed
before; somebody in each team makes new ones: 'safeconduct teams cards'. What they have read,
they have read."""
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
        roles=_roles(roles),
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


def _roles(words: list[str]) -> frozenset[Role]:
    known = {role.value for role in Role}
    if unknown := sorted(set(words) - known):
        raise Refused("member.role", f"There is no role {', '.join(unknown)}. Choose among: {ROLES}.")
    return frozenset(Role(word) for word in words)


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
