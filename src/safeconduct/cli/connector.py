"""``safeconduct connector``: what a platform can truly do, and the keys to reach it with."""

import json
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from safeconduct.cli.plain import plain
from safeconduct.connectors import signatures
from safeconduct.connectors.http_contract import conformance
from safeconduct.connectors.http_contract.conformance import Mark, Part, Report, Row
from safeconduct.connectors.http_contract.wire import Line
from safeconduct.connectors.outside import Limits
from safeconduct.kernel.errors import SafeconductError

app = typer.Typer(no_args_is_help=True, help="Connect platforms, and see what they can truly do.")
NOT_SO, NOT_TESTED = 1, 2
_PARTS = {
    Part.DOOR: "The door",
    Part.ANSWERS: "The answers",
    Part.ACTS: "What it can do for a defender",
}
_WORDS = {
    Mark.SHOWN: "yes",
    Mark.NOT_SO: "NO",
    Mark.NOT_SEEN: "not seen",
    Mark.NOT_OFFERED: "-",
}


@app.callback()
def connectors() -> None:
    """Connect platforms, and see what they can truly do."""


@app.command("test")
def run_test(
    url: Annotated[str, typer.Argument(help="Where the platform serves the contract, without v1.")],
    *,
    key: Annotated[Path, typer.Option(help="Our private key, PEM. Make one with make-key.")],
    platform_key: Annotated[Path, typer.Option(help="The platform's public key, PEM.")],
    key_id: Annotated[str, typer.Option(help="The id under which the platform knows our key.")] = "safeconduct-1",
    platform_key_id: Annotated[str, typer.Option(help="The id the platform signs with.")] = "platform-1",
    account: Annotated[str, typer.Option(help="A test account, if the platform names none.")] = "",
    item: Annotated[str, typer.Option(help="A post of the test account.")] = "",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Reach private and loopback addresses, over HTTP too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Try everything the platform declares on a test account, read it back, and say what is so."""
    try:
        line = Line(
            base=url,
            our_key=signatures.our_key(key, key_id=key_id),
            their_keys={platform_key_id: signatures.their_key(platform_key)},
            allow_private=allow_private,
            limits=Limits(total_seconds=10),
        )
        report = conformance.examine(line, account=account, item=item, heard=_progress)
    except SafeconductError as fault:
        typer.echo(plain(fault.sentence), err=True)
        raise typer.Exit(NOT_TESTED) from fault
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else plain(_printed(report)))
    raise typer.Exit(0 if report.stands else NOT_SO)


@app.command("make-key")
def make_key(file: Annotated[Path, typer.Argument(help="Where the private key goes. It must not exist yet.")]) -> None:
    """Make a signing key; the private half stays in FILE, the public half is printed for the platform."""
    made = Ed25519PrivateKey.generate()
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    except OSError as fault:
        typer.echo(f"The key was not made, because {file} exists already or cannot be written.", err=True)
        raise typer.Exit(NOT_TESTED) from fault
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    typer.echo(public.decode(), nl=False)


def _progress(row: Row) -> None:
    if typer.get_text_stream("stderr").isatty():
        typer.echo(f"\r{row.name:<40}", nl=False, err=True)


def _printed(report: Report) -> str:
    lines = [f"{report.name}, at {report.address}", f"Tried on the account {report.account}, and on no other.", ""]
    for part, title in _PARTS.items():
        lines += [title, *(_line(row) for row in report.of(part)), ""]
    return "\n".join([*lines, *_sum(report)])


def _line(row: Row) -> str:
    seconds = f" ({row.seconds:.2f} s)" if row.seconds is not None else ""
    return f"  {_WORDS[row.mark]:<8}  {row.name:<22}  {row.sentence}{seconds}"


def _sum(report: Report) -> list[str]:
    acts = list(report.of(Part.ACTS))
    shown = sum(row.mark is Mark.SHOWN for row in acts)
    declared = sum(row.mark is not Mark.NOT_OFFERED for row in acts)
    untrue = sum(row.mark is Mark.NOT_SO for row in report.rows)
    last = "Nothing that it declares was found untrue." if not untrue else f"Found untrue: {untrue}."
    return [f"Of {declared} things it offers, {shown} were done and read back.", last]
