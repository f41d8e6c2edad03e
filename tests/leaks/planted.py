"""What is planted: one invented word for each place where somebody types, so that a find says what leaked."""

import io
import secrets
from dataclasses import dataclass, field

from PIL import Image

PLANTED = {
    "report": "murrowgate",
    "report, in Arabic": "الغيهبانية",
    "report, a name": "Quthamiel",
    "who is in danger": "Zorvaneth",
    "own account": "zorvane_quth9",
    "account that attacks": "grimsnarl_44",
    "link": "brackenfolly",
    "who may be told": "tellumbrae",
    "who must not see it": "Oswerdine",
    "name of a picture": "kitchenwindow-haddlethorpe",
    "inside a picture, as its description": "exifmarrowdeep",
    "inside a picture, as a comment": "commentglass-seven",
    "behind the end of a picture": "trailingthistle",
    "name of a file that is no picture": "refusedledger-plumwick",
    "file that is no picture": "plainwordsofledger",
    "draft never sent": "halfspokenfern",
    "message": "lanternquarry",
    "message, in Arabic": "ستقطعون الخيزران",
    "message taken back": "unsaidorchard",
    "feedback": "betterthanrowan",
    "browser": "Wrenbrowser/7.41",
    "address": "203.0.113.237",
    "note": "notewaxwing",
    "case in one line": "onelinefurrow",
    "reason of a severity": "assessedbyheron",
    "answer": "answerpelican",
    "reason of an act": "orderedforsparrow",
    "reason of taking back": "takenbackplover",
    "how the harm stopped": "harmstoppedlinnet",
    "note on handing over": "handedoverdunnock",
    "words for the reporter": "decidedmagpie",
    "words for the person acted on": "ruleofbittern",
    "evidence looked at": "alsolookedatstoat",
    "how we contributed": "closedwithfinch",
    "partner's number": "HHL-88-QUERN",
    "partner's report": "quarrelsomequay",
    "partner's message": "saidbyhelpline",
    "program's report": "programmaticweir",
    "program's account": "weirkeeper_303",
    "program's message": "programsaidsluice",
    "path of a wrong address": "wrongpathsedge",
    "wrong host": "wronghostvetch",
    "broken form": "brokenformtansy",
    "broken document": "brokenjsonyarrow",
}


def picture(note: str = "", *, size_bytes: int = 0) -> bytes:
    """Return a photograph with words in its description, in a comment and behind its end, grown to a size."""
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PLANTED["inside a picture, as its description"]
    Image.new("RGB", (96, 64), (140, 90, 60)).save(
        kept, "JPEG", exif=exif, comment=PLANTED["inside a picture, as a comment"].encode()
    )
    kept.write(f"{PLANTED['behind the end of a picture']} {note}".encode())
    # One word in every few kilobytes, so that whatever piece is on a disk at some moment holds it.
    tail = PLANTED["behind the end of a picture"].encode()
    while kept.tell() < size_bytes:
        kept.write(tail + secrets.token_bytes(4096))
    return kept.getvalue()


@dataclass
class Secrets:
    """What the story made up itself and nobody but its holder may have: codes, nonces, cookies, tokens, passphrases."""

    texts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    def keep_code(self, whose: str, lines: list[str]) -> None:
        """Keep a case code as people write it, whole and line by line."""
        digits = "".join(lines).replace(" ", "")
        spellings = {
            "one run": digits,
            "as shown": " ".join(lines),
            "line by line": "\n".join(lines),
            "in Arabic digits": digits.translate({ord("0") + value: 0x660 + value for value in range(10)}),
        }
        for number, line in enumerate(lines, start=1):
            spellings |= {
                f"line {number}": line,
                f"line {number}, close": line.replace(" ", ""),
                f"line {number}, dashes": line.replace(" ", "-"),
                f"line {number}, spelled": ", ".join(" ".join(group) for group in line.split()),
            }
        self.texts |= {f"code of {whose}, {name}": spelling for name, spelling in spellings.items()}
