"""The forms in which a phrase, or a key, could lie in a file: every one that a search of stolen bytes looks for."""

import base64
import html
import json
import quopri
import unicodedata
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote, quote_plus

PLAIN_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "cp1256")
ASCII_ENDS = 128


def forms_of(phrase: str) -> dict[str, bytes]:
    """Return the byte forms in which a phrase could lie in a file, by name.

    Base64 is searched at all three alignments, cut to the characters that do not depend on what stands around it.
    """
    plain = dict(chain.from_iterable(_encoded(text, note) for text, note in _spellings(phrase)))
    found = plain | _long_enough(_escaped(phrase)) | forms_of_bytes(phrase.encode())
    return {name: value for name, value in found.items() if value}


def forms_of_bytes(raw: bytes) -> dict[str, bytes]:
    """Return the forms in which bytes are written down as text, by name: a key, or a phrase already encoded."""
    return _long_enough(
        {
            "hexadecimal": raw.hex().encode(),
            "HEXADECIMAL": raw.hex().upper().encode(),
            **{f"base64 at {shift}": _base64_core(raw, shift) for shift in range(3)},
            **{f"base64url at {shift}": _base64_core(raw, shift, b"-_") for shift in range(3)},
        }
    )


def _escaped(phrase: str) -> dict[str, bytes]:
    raw = phrase.encode()
    return {
        "percent": quote(phrase, safe="").encode(),
        "percent, as forms send it": quote_plus(phrase).encode(),
        "JSON escapes": json.dumps(phrase)[1:-1].encode(),
        "HTML escapes": html.escape(phrase).encode(),
        "HTML numbers": phrase.encode("ascii", "xmlcharrefreplace"),
        "escapes of bytes": repr(raw)[2:-1].encode(),
        "octal escapes": "".join(chr(byte) if byte < ASCII_ENDS else f"\\{byte:03o}" for byte in raw).encode(),
        "quoted printable, as mail sends it": quopri.encodestring(raw).rstrip(b"=\n"),
        "mail header": quopri.encodestring(raw, header=True),
    }


def _long_enough(forms: dict[str, bytes]) -> dict[str, bytes]:
    # Three bytes occur everywhere by chance and prove nothing.
    return {name: value for name, value in forms.items() if len(value) > 3}  # noqa: PLR2004 - said above


def _spellings(phrase: str) -> Iterator[tuple[str, str]]:
    yield phrase, ""
    others = {
        " in small letters": phrase.lower(),
        " in capitals": phrase.upper(),
        " composed": unicodedata.normalize("NFC", phrase),
        " decomposed": unicodedata.normalize("NFD", phrase),
    }
    yield from ((text, note) for note, text in others.items() if text != phrase)


def _encoded(text: str, note: str) -> Iterator[tuple[str, bytes]]:
    for encoding in PLAIN_ENCODINGS:
        try:
            yield f"{encoding}{note}", text.encode(encoding)
        except UnicodeEncodeError:
            continue


def _base64_core(raw: bytes, shift: int, altchars: bytes = b"+/") -> bytes:
    whole = base64.b64encode(b"\0" * shift + raw, altchars).rstrip(b"=")
    first = (shift * 8 + 5) // 6  # characters that also carry bits of what comes before
    return whole[first : len(whole) - (1 if (shift + len(raw)) % 3 else 0)]
