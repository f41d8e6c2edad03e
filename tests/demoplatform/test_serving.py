"""``python -m demoplatform``: on this computer only, and in words when it cannot."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
SOURCE = Path(__file__).parents[2] / "src"


def command(folder: Path, port: int) -> list[str]:
    private, public = folder / "private.pem", folder / "public.pem"
    key = Ed25519PrivateKey.generate()
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return [
        sys.executable, "-m", "demoplatform", "--port", str(port), "--folder", str(folder / "square"),
        "--verify-key", str(public), "--signing-key", str(private),
    ]  # fmt: skip


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE)}


def test_it_serves_its_pages(tmp_path: Path) -> None:
    running = subprocess.Popen(command(tmp_path, 0), env=environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        address = running.stdout.readline().rpartition(" ")[2].strip()

        assert "Amina R." in httpx.get(f"{address}@amina", trust_env=False, timeout=60).text
    finally:
        running.terminate()
        running.communicate()


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(command(tmp_path, port), env=environment(), capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert ended.stderr == f"Port {port} is taken. Choose another one with --port.\n"


def test_a_wrong_key_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    wrong = command(tmp_path, 0)
    (tmp_path / "public.pem").write_text("no key")

    ended = subprocess.run(wrong, env=environment(), capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert ended.stderr == "A key file cannot be read. Give two PEM files with Ed25519 keys.\n"
