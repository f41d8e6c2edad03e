"""A message that is truly encrypted, as Matrix devices do it: made in Synapse's environment, where vodozemac is too."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.synapse.homeserver import CannotInstallError, alone_with

VODOZEMAC = "vodozemac==0.10.0"
PROGRAM = """
import json, sys, vodozemac
asked = json.load(sys.stdin)
if "ciphertext" in asked:
    key = vodozemac.SessionKey(asked["session_key"])
    message = vodozemac.MegolmMessage.from_base64(asked["ciphertext"])
    plain = vodozemac.InboundGroupSession(key).decrypt(message).plaintext
    print(json.loads(plain)["content"]["body"])
else:
    session = vodozemac.GroupSession()
    key = session.session_key.to_base64()
    plain = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": asked["words"]}}
    sealed = session.encrypt(json.dumps(plain | {"room_id": asked["room"]}).encode()).to_base64()
    print(json.dumps({"ciphertext": sealed, "session_id": session.session_id, "session_key": key}))
"""


@dataclass(frozen=True)
class Sealed:
    """One message under a key that only the devices in its room were given."""

    python: Path
    ciphertext: str
    session_id: str
    session_key: str

    @property
    def content(self) -> dict[str, str]:
        """Return what the homeserver is given."""
        return {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": self.ciphertext, "session_id": self.session_id}

    def opened(self) -> str:
        """Return the words, as a device in the room reads them."""
        return _run(self.python, {"ciphertext": self.ciphertext, "session_key": self.session_key}).strip()


def sealed(python: Path, words: str, *, room: str) -> Sealed:
    """Encrypt a message for a room."""
    _install(python)
    return Sealed(python, **json.loads(_run(python, {"words": words, "room": room})))


def _run(python: Path, asked: dict[str, str]) -> str:
    program = [str(python), "-c", PROGRAM]
    return subprocess.run(program, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout


def _install(python: Path) -> None:
    with alone_with(python.parents[1]):
        _install_alone(python)


def _install_alone(python: Path) -> None:
    if subprocess.run([str(python), "-c", "import vodozemac"], check=False, capture_output=True).returncode == 0:
        return
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
    try:
        subprocess.run([*pip, VODOZEMAC], check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as fault:
        raise CannotInstallError from fault
