"""An attack on a homeserver, in an encrypted room and in a public one; and what the homeserver shows of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.stories.connected import PASSWORD, Account
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import CLIENT, Matrix, connected
from tests.synapse.megolm import Sealed, sealed

THREAT = "We know the blue door. We come at six."
CODE = re.compile(r"^\d{3} \d{3} \d{4}$", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """What one account did there, and what the homeserver itself shows of it now."""

    matrix: Matrix
    troll: SignedIn
    room: str
    message: str
    picture: str
    picture_event: str
    sealed: Sealed
    sealed_link: str

    def can_write(self) -> bool:
        """Tell whether the attacker can write where they wrote before."""
        return self.matrix.may_write(self.troll, self.room)

    def can_be_read(self) -> bool:
        """Tell whether people in the room still see the threat."""
        return bool(self.matrix.shown(self.troll, self.room, self.message))

    def can_be_seen(self) -> bool:
        """Tell whether people can load the picture."""
        return self.matrix.can_load(self.troll, self.picture)

    def notice(self) -> str:
        """Return the official notice that lies in the attacker's account, or nothing."""
        for room in self.matrix.asked("GET", f"{CLIENT}/joined_rooms", self.troll)["joined_rooms"]:
            path = f"{CLIENT}/rooms/{room}/messages?dir=b&limit=5"
            for event in self.matrix.asked("GET", path, self.troll)["chunk"]:
                if event["sender"].startswith("@notices:") and event["type"] == "m.room.message":
                    return str(event["content"]["body"])
        return ""

    def code(self) -> list[str]:
        """Return the three lines by which whoever reads the notice can appeal."""
        return CODE.findall(self.notice())


def attack_on(account: Account, python: Path) -> Attack:
    """Let somebody attack Amina: in a room where everything is encrypted, and in one where nothing is."""
    homeserver = account.homeserver
    way = connected(homeserver, account.administrator.token)
    matrix = Matrix(homeserver, way, account.administrator, account.amina, account.intruder)
    troll = homeserver.register(f"troll-of-{account.name[1:].partition(':')[0]}", PASSWORD)
    hidden = matrix.room_of(account.amina, troll, encrypted=True)
    letter = sealed(python, THREAT, room=hidden)
    event = matrix.says(troll, hidden, "", **letter.content)
    room = matrix.room_of(account.amina, troll)
    picture = matrix.uploads(troll)
    shown = matrix.says(troll, room, "her-door.png", msgtype="m.image", url=picture)
    said = matrix.says(troll, room, "Ask her who pays her. We come at six.")
    link = f"https://matrix.to/#/{hidden}/{event}"
    return Attack(matrix, troll, room, said, picture, shown, letter, link)
