"""``safeconduct partners``: which organisations act for defenders here. A lead signs in at the keyboard first."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import typer

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Desk, NewPerson, NewTeam, Role, TeamKind
from safeconduct.cli.keyboard import at_the_keyboard
from safeconduct.cli.screen import Screen, Terminal
from safeconduct.domains.partners import queries, services
from safeconduct.domains.partners.rules import Grounds, Term
from safeconduct.domains.partners.views import OrganisationView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

A_YEAR = timedelta(days=365)

Organisation = Annotated[str, typer.Argument(help="The organisation's name.")]


@app.command("list")
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """List the organisations and how each stands."""
    rows = [_row(one) for one in queries.organisations()]
    typer.echo(
        json.dumps(rows, ensure_ascii=False) if as_json else "\n".join(_line(row) for row in rows) or "None yet."
    )


@app.command("take-in")
def take_in(name: Organisation) -> None:
    """Write an organisation down and make its team. It can do nothing yet."""
    take_in_at(Terminal(), name)
    typer.echo(f"Written down. Next: safeconduct partners invite '{name}' SIGN-IN-NAME.")


@app.command()
def invite(
    name: Organisation,
    sign_in_name: Annotated[str, typer.Argument(help="How the member will sign in.")],
    *,
    shown: Annotated[str, typer.Option("--shown", help="The name that colleagues read.")] = "",
) -> None:
    """Invite a member of an organisation, and show the words with which they join."""
    words = invite_at(Terminal(), name, sign_in_name, shown=shown or sign_in_name)
    typer.echo("Hand these words over in person. They open /invitation for three days, and nothing else:")
    typer.echo(f"\n    {words}\n")
    typer.echo(f"Once two custodians have signed them: safeconduct teams rekey '{name}'.")


@app.command()
def vet(name: Organisation, grounds: Annotated[Grounds, typer.Option(help="On what you trust them.")]) -> None:
    """Say that an organisation was looked at and is trusted, for a year."""
    do_at(Terminal(), name, lambda organisation_id, desk: services.vet(organisation_id, grounds=grounds, by=desk))
    typer.echo("Vetted for a year.")


@app.command()
def agree(
    name: Organisation,
    terms: Annotated[list[Term], typer.Option("--term", help="What they may do; give it once for each.")],
    until: Annotated[
        str, typer.Option(help="The day after the last, as 2027-12-31; a year from today if left out.")
    ] = "",
) -> None:
    """Note an agreement that begins today."""
    today = clock.now().date()
    ends_on = _day(until) if until else today + A_YEAR
    do_at(
        Terminal(),
        name,
        lambda organisation_id, desk: services.agree(
            organisation_id, terms=terms, signed_on=today, ends_on=ends_on, by=desk
        ),
    )
    typer.echo(f"Noted, until {ends_on.isoformat()}.")


@app.command()
def suspend(name: Organisation) -> None:
    """Let nobody of an organisation in until it is vetted again."""
    do_at(Terminal(), name, lambda organisation_id, desk: services.suspend(organisation_id, by=desk))
    typer.echo("Suspended. Its cases stay where they are.")


@app.command()
def part(name: Organisation) -> None:
    """End a partnership: its tokens and bells go at once."""
    do_at(Terminal(), name, lambda organisation_id, desk: services.part_with(organisation_id, by=desk))
    typer.echo("Ended. Remove its members too, so that their keys go: safeconduct members remove NAME.")


def take_in_at(screen: Screen, name: str) -> UUID:
    """Make an organisation and its team under one id."""
    organisation_id = new_id()
    with at_the_keyboard(screen) as desk:
        accounts.make_team(NewTeam(name, TeamKind.PARTNER, id=organisation_id), by=desk)
        services.take_in(organisation_id, name=name, by=desk)
    return organisation_id


def invite_at(screen: Screen, name: str, sign_in_name: str, *, shown: str) -> str:
    """Write a member of an organisation in, and return the words with which they join."""
    person = NewPerson(
        display_name=shown,
        sign_in_name=sign_in_name,
        roles=frozenset({Role.PARTNER}),
        teams=(name,),
        organisation_id=_organisation(name).id,
    )
    with at_the_keyboard(screen) as desk:
        return accounts.invite_member(person, by=desk)


def do_at(screen: Screen, name: str, deed: Callable[[UUID, Desk], None]) -> None:
    """Do something to an organisation as whoever signs in."""
    organisation = _organisation(name)
    with at_the_keyboard(screen) as desk:
        deed(organisation.id, desk)


def _organisation(name: str) -> OrganisationView:
    found = [one for one in queries.organisations() if one.name == name]
    if not found:
        raise Refused("partner.unknown", "There is no organisation of this name. Compare the spelling.")
    return found[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("agreement.day", "Write the day as year, month, day: 2027-12-31.") from None


def _row(one: OrganisationView) -> dict[str, object]:
    today = clock.now().date()
    until = one.footing.vetted_until
    return {
        "id": str(one.id),
        "name": one.name,
        "state": one.state.value,
        "vetted_until": until.isoformat() if until else None,
        "may": sorted(term.value for term in Term if one.footing.may(term, today)),
    }


def _line(row: dict[str, object]) -> str:
    may = ", ".join(map(str, row["may"])) if isinstance(row["may"], list) and row["may"] else "nothing"
    return f"{row['name']}: {row['state']}, vetted until {row['vetted_until'] or '-'}, may {may}"
