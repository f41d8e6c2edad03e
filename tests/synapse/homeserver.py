"""A real Matrix homeserver for tests: Synapse from PyPI in an environment of its own, on loopback, unfederated."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

SYNAPSE = "matrix-synapse==1.163.2"
NAME = "platform.test"
START_SECONDS = 120


# Making one takes longer than any call here, and none of them needs it.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def quick_request(method: str, url: str, **more: Any) -> httpx.Response:
    """Make one call on loopback."""
    return httpx.request(method, url, timeout=60, trust_env=False, verify=_NO_CERTIFICATES, **more)


class CannotInstallError(Exception):
    """Synapse could not be installed here."""


@dataclass(frozen=True)
class SignedIn:
    """An account on one device."""

    name: str
    token: str
    device: str


@dataclass(frozen=True)
class Homeserver:
    """The running homeserver, as its own users and administrators reach it."""

    address: str
    secret: str
    process: "subprocess.Popen[bytes]"

    def ask(self, method: str, path: str, token: str = "", body: dict[str, Any] | None = None) -> httpx.Response:
        """Make one call with somebody's token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return quick_request(method, f"{self.address}/{path}", headers=headers, json=body)

    def register(self, user: str, password: str, *, admin: bool = False) -> SignedIn:
        """Make an account by the shared secret, signed in on a first device."""
        nonce = self.ask("GET", "_synapse/admin/v1/register").json()["nonce"]
        words = [nonce, user, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self.secret.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": user, "password": password, "admin": admin, "mac": mac}
        return _signed_in(self.ask("POST", "_synapse/admin/v1/register", body=body))

    def sign_in(self, user: str, password: str, label: str) -> SignedIn:
        """Sign an account in on one more device."""
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
            "initial_device_display_name": label,
        }
        return _signed_in(self.ask("POST", "_matrix/client/v3/login", body=body))

    def whoami(self, who: SignedIn) -> tuple[int, str]:
        """Return what the homeserver says to somebody's token: the status, and its error code if it has one."""
        answer = self.ask("GET", "_matrix/client/v3/account/whoami", who.token)
        return answer.status_code, answer.json().get("errcode", "")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the homeserver hang inside the block: its port is open and it answers nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


def _signed_in(answer: httpx.Response) -> SignedIn:
    content = answer.raise_for_status().json()
    return SignedIn(content["user_id"], content["access_token"], content["device_id"])


def installed() -> Path:
    """Return the Python of an environment that has Synapse, installing it the first time."""
    given = os.environ.get("SYNAPSE_VENV")
    folder = Path(given) if given else _cache() / "safeconduct" / SYNAPSE.replace("==", "-")
    python = folder / "bin" / "python"
    if (folder / "complete").exists() or (given and python.exists()):
        return python
    with alone_with(folder):
        if not (folder / "complete").exists():
            _install(folder, python)
    return python


@contextmanager
def alone_with(folder: Path) -> Iterator[None]:
    """Install inside the block: the stories may ask for the same thing at the same time, in a process of their own."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _install(folder: Path, python: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
        subprocess.run([*pip, SYNAPSE], check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as fault:
        raise CannotInstallError from fault
    (folder / "complete").touch()


@contextmanager
def running(python: Path, folder: Path, **settings: Any) -> Iterator[Homeserver]:
    """Run a homeserver inside the block, with a database of its own in ``folder``, and more settings if need be."""
    port, secret = _free_port(), secrets.token_hex(16)
    _configure(folder, port, secret, settings)
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [str(python), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")],
            cwd=folder, stdout=output, stderr=output,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address, folder)
        yield Homeserver(address, secret, process)
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str, folder: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/health", timeout=20, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    tail = (folder / "output").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"The homeserver did not start:\n{tail}")


def _configure(folder: Path, port: int, secret: str, more: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (folder / "signing.key").write_text(f"ed25519 a_test {seed}\n")
    logging = {"version": 1, "root": {"level": "WARNING", "handlers": []}, "disable_existing_loggers": False}
    (folder / "logging.yaml").write_text(json.dumps(logging))
    # JSON is YAML, so nothing has to be quoted by hand.
    (folder / "homeserver.yaml").write_text(json.dumps(_settings(folder, port, secret) | more, indent=1))


def _settings(folder: Path, port: int, secret: str) -> dict[str, Any]:
    plenty = {"per_second": 1000, "burst_count": 1000}
    return {
        "server_name": NAME,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "pid_file": str(folder / "pid"),
        "listeners": [
            {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False,
             "resources": [{"names": ["client"], "compress": False}]},
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "log_config": str(folder / "logging.yaml"),
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": secret,
        "macaroon_secret_key": secrets.token_hex(16),
        "form_secret": secrets.token_hex(16),
        "bcrypt_rounds": 4,
        "report_stats": False,
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "enable_registration": False,
        "server_notices": {
            "system_mxid_localpart": "notices",
            "system_mxid_display_name": "Official notices",
            "room_name": "Official notices",
            "auto_join": True,
        },
        "rc_login": {"address": plenty, "account": plenty, "failed_attempts": plenty},
        "rc_message": plenty,
        "rc_reports": plenty,
        # A new database has work left that some calls wait for.
        "background_updates": {"sleep_enabled": False},
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
