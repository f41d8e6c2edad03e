"""A real OpenID provider: Django OAuth Toolkit on loopback. Run as a program, it prints its issuer and serves.

    python provider.py FOLDER REDIRECT_ADDRESS

Two people have accounts there, and somebody runs it: ``/close/NAME`` closes an account, as leaving a company does.
"""

import secrets
import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PASSWORD = "a-word-of-the-provider"
CLIENT_ID, CLIENT_SECRET = "safeconduct", "between-us"
FORM = '<form method="post"><input name="name" aria-label="Account"><input name="password" aria-label="Password" \
type="password"><button>Enter</button></form>'


def main(folder: Path, back: str) -> None:
    """Serve until ended."""
    server = make_server("127.0.0.1", 0, None, handler_class=_Quiet)  # type: ignore[arg-type] # set below
    issuer = f"http://127.0.0.1:{server.server_port}/o"
    _set_up(folder, issuer)
    _found(back)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - needs the settings above

    server.set_app(get_wsgi_application())
    print(issuer, flush=True)  # noqa: T201 - whoever started it waits for this line
    server.serve_forever()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _set_up(folder: Path, issuer: str) -> None:
    import django  # noqa: PLC0415 - this file is also read for its names alone
    from django.conf import settings  # noqa: PLC0415

    made = generate_private_key(65537, 2048)
    key = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings.configure(
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="provider_addresses",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGIN_URL="/enter",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": issuer,
            "OIDC_RSA_PRIVATE_KEY": key,
            "OAUTH2_VALIDATOR_CLASS": "provider_addresses.SaysHow",
            "SCOPES": {"openid": "Who you are"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


def _found(back: str) -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415 - needs the settings above
    from django.core.management import call_command  # noqa: PLC0415
    from oauth2_provider.models import Application  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    for name in ("ines.there", "leyla.there", "victor.there"):
        User.objects.create_user(name, password=PASSWORD)
    Application.objects.create(
        name="Safeconduct",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        redirect_uris=back,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
