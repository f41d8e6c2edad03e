"""A homeserver with the people of a test on it, the way to it, and what they do there."""

from dataclasses import dataclass
from typing import Any

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.synapse import admin
from safeconduct.connectors.synapse.connector import SynapseConnector
from tests.synapse.homeserver import Homeserver, SignedIn, quick_request

PASSWORD = "river-stone-lantern"
CLIENT = "_matrix/client/v3"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def connected(homeserver: Homeserver, token: str) -> SynapseConnector:
    """Return the way to a homeserver, with somebody's token."""
    reached = admin.Homeserver(homeserver.address, token, allow_private=True, limits=Limits(total_seconds=60))
    return SynapseConnector("matrix", "Platform Test", reached)


@dataclass(frozen=True)
class Matrix:
    """A homeserver, its administrator, the way to it, and Amina with a stranger signed in to her account."""

    homeserver: Homeserver
    connector: SynapseConnector
    administrator: SignedIn
    amina: SignedIn
    stranger: SignedIn

    def connector_as(self, token: str) -> SynapseConnector:
        """Return a connector that uses another token."""
        return connected(self.homeserver, token)

    def asked(self, method: str, path: str, who: SignedIn, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Make a call as somebody that has to succeed."""
        found: dict[str, Any] = self.homeserver.ask(method, path, who.token, body).raise_for_status().json()
        return found

    def room_of(self, who: SignedIn, *guests: SignedIn, encrypted: bool = False) -> str:
        """Make a public room in which the guests are too."""
        state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
        body = {"preset": "public_chat", "initial_state": state if encrypted else []}
        room = str(self.asked("POST", f"{CLIENT}/createRoom", who, body)["room_id"])
        for guest in guests:
            self.asked("POST", f"{CLIENT}/join/{room}", guest, {})
        return room

    def says(self, who: SignedIn, room: str, words: str, **content: object) -> str:
        """Write into a room, and return the message's id."""
        body = {"msgtype": "m.text", "body": words, **content}
        kind = "m.room.encrypted" if "ciphertext" in content else "m.room.message"
        sent = self.asked("PUT", f"{CLIENT}/rooms/{room}/send/{kind}/{abs(hash(words))}", who, body)
        return str(sent["event_id"])

    def may_write(self, who: SignedIn, room: str) -> bool:
        """Tell whether somebody can write into a room."""
        path = f"{CLIENT}/rooms/{room}/send/m.room.message/try-{len(room)}-{who.device}"
        return self.homeserver.ask("PUT", path, who.token, {"msgtype": "m.text", "body": "?"}).status_code == 200

    def shown(self, who: SignedIn, room: str, event: str) -> dict[str, Any]:
        """Return what somebody in a room sees of a message."""
        content: dict[str, Any] = self.asked("GET", f"{CLIENT}/rooms/{room}/event/{event}", who)["content"]
        return content

    def uploads(self, who: SignedIn) -> str:
        """Upload a picture, and return its address."""
        headers = {"Authorization": f"Bearer {who.token}", "Content-Type": "image/png"}
        url = f"{self.homeserver.address}/_matrix/media/v3/upload"
        answer = quick_request("POST", url, headers=headers, content=PICTURE)
        return str(answer.raise_for_status().json()["content_uri"])

    def can_load(self, who: SignedIn, address: str) -> bool:
        """Tell whether somebody can load a picture."""
        path = f"_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
        return self.homeserver.ask("GET", path, who.token).status_code == 200

    def flags(self, who: SignedIn, room: str, event: str, reason: str) -> None:
        """Press the report button on a message."""
        self.asked("POST", f"{CLIENT}/rooms/{room}/report/{event}", who, {"reason": reason})

    def set_up_key_backup(self, who: SignedIn) -> None:
        """Keep a backup key as Matrix clients do; only its presence is ever looked at."""
        path = f"{CLIENT}/user/{who.name}/account_data/m.megolm_backup.v1"
        self.asked("PUT", path, who, {"encrypted": {"a": {"iv": "x", "ciphertext": "x", "mac": "x"}}})

    def can_sign_in(self, who: SignedIn, password: str) -> bool:
        """Tell whether a password opens an account."""
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": who.name},
            "password": password,
        }
        return self.homeserver.ask("POST", f"{CLIENT}/login", body=body).status_code == 200
