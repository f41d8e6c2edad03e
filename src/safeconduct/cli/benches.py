"""``safeconduct benches``: the two benches of custodians that keep identities closed. Made once, by a lead."""

import json
from collections.abc import Callable
from typing import Annotated
from uuid import UUID

import typer

from safeconduct.accounts import queries, services
from safeconduct.accounts.values import BENCHES, TeamKind
from safeconduct.cli import teams
from safeconduct.cli.keyboard import at_the_keyboard
from safeconduct.cli.screen import Screen, Terminal, is_terminal
from safeconduct.kernel.errors import Refused

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

Bench = Annotated[str, typer.Argument(help="a or b.")]
SIGN_NEXT = """\
Two custodians sign each of the four now: 'safeconduct members sign'.
Then give the benches their keys: 'safeconduct benches begin'."""
BEGUN = """\
Each bench has its key. Two custodians sign both: 'safeconduct members sign'.
Then somebody of each bench, with a custodian who is not on the other, makes its cards:
'safeconduct benches cards a' and 'safeconduct benches cards b'."""


@app.command()
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Say how both benches stand, and whether names can be kept."""
    found = [_row(kind) for kind in BENCHES]
    typer.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(map(_line, found)))
    if not as_json:
        typer.echo("Names can be kept." if queries.benches_sit() else "Pseudonyms only: no name can be kept.")


@app.command()
def make(
    a: Annotated[list[str], typer.Option("--a", help="A custodian of bench A; give it for each, two at least.")],
    b: Annotated[list[str], typer.Option("--b", help="A custodian of bench B; give it for each, two at least.")],
) -> None:
    """Say who sits on which bench. Nobody sits on both, and whoever sits on one never asks."""
    make_at(Terminal(), a, b)
    typer.echo(SIGN_NEXT)


@app.command()
def begin() -> None:
    """Give each bench its key, once two custodians have signed everyone on it."""
    begin_at(Terminal())
    typer.echo(BEGUN)


@app.command("cards")
def new_cards(bench: Bench) -> None:
    """Make a bench's paper cards, as somebody on it, with a custodian who is not on the other."""
    _at_a_terminal(lambda screen: teams.hand_out(screen, name_of(bench)))


@app.command()
def restore(bench: Bench) -> None:
    """Give a bench its key again from two of its cards, as somebody on it."""
    _at_a_terminal(lambda screen: teams.bring_back(screen, name_of(bench)))


def make_at(screen: Screen, a: list[str], b: list[str]) -> None:
    """Let a lead sign in and make the benches."""
    seats = {kind: _member_ids(names) for kind, names in zip(BENCHES, (a, b), strict=True)}
    with at_the_keyboard(screen) as desk:
        services.make_benches(seats, by=desk)


def begin_at(screen: Screen) -> None:
    """Let a lead sign in and give the benches their keys."""
    with at_the_keyboard(screen) as desk:
        services.begin_benches(by=desk)


def name_of(bench: str) -> str:
    """Return the name of a bench that was called by its letter."""
    return queries.benches()[_kind(bench)].name


def _kind(bench: str) -> TeamKind:
    kind = {"a": TeamKind.BENCH_A, "b": TeamKind.BENCH_B}.get(bench.strip().casefold())
    if kind is None or kind not in queries.benches():
        sentence = "There is no such bench: it is a or b, once they were made. See 'safeconduct benches show'."
        raise Refused("bench.unknown", sentence)
    return kind


def _at_a_terminal(act: Callable[[Screen], None]) -> None:
    if not is_terminal():
        sentence = "Cards are shown and typed at a terminal only. Run it without pipes or redirection."
        raise Refused("benches.no-terminal", sentence)
    act(Terminal())


def _member_ids(names: list[str]) -> list[UUID]:
    ids = {one.sign_in_name: one.id for one in queries.everyone()}
    if unknown := [name for name in names if name.strip().casefold() not in ids]:
        sentence = f"Nobody signs in as {', '.join(sorted(unknown))}. 'safeconduct members list' shows who does."
        raise Refused("member.unknown", sentence)
    return [ids[name.strip().casefold()] for name in names]


def _row(kind: TeamKind) -> dict[str, object]:
    bench = queries.benches().get(kind)
    names = queries.sign_in_names_for(bench.member_ids) if bench else {}
    return {
        "bench": kind.value,
        "members": sorted(names.values()),
        "signed": bool(bench and bench.signed),
        "sits": bool(bench and bench.sits),
    }


def _line(row: dict[str, object]) -> str:
    members = ", ".join(str(one) for one in row["members"]) if isinstance(row["members"], list) else ""
    state = "sits" if row["sits"] else "signed, too few hold its key" if row["signed"] else "waits for two custodians"
    return f"{row['bench']}: {members or 'nobody holds its key'}; {state}"
