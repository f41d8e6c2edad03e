"""One real provider for all tests here, and the way to it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safeconduct.connectors.oidc.provider import Client, OidcProvider
from tests.oidc.provider import CLIENT_ID, CLIENT_SECRET

HERE = Path(__file__).parent


@contextmanager
def served(folder: Path, back: str) -> Iterator[str]:
    """Serve the provider inside the block, and give its issuer."""
    program = [sys.executable, str(HERE / "provider.py"), str(folder), back]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def provider_at(issuer: str, **more: object) -> OidcProvider:
    client = Client(issuer, CLIENT_ID, CLIENT_SECRET)
    named = {"serves": frozenset({"staff"}), "allow_private": True} | more
    return OidcProvider("staff", "Juniper staff", client, **named)  # type: ignore[arg-type] # whatever a test names
