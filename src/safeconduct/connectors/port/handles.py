"""How a handle is read, however it was typed: the one place that says when two writings name one account.

Platforms take a name in any case, with or without its sign and its server; phones put signs into it that nobody sees.
"""

import unicodedata
from urllib.parse import unquote

LONGEST = 300
# Beside format and control signs: fillers and selectors that show nothing where they stand.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_BEFORE_A_HANDLE = ("acct:", "matrix:u/")
# A name that says nothing of a server, and would be cut at its first colon.
_WHOLE = "did:"
_ADDRESS = ("https://", "http://")


def seen_handle(text: str) -> str:
    """Return a handle as a platform is asked for it: without what stands around it; of an address, its last part.

    Within it nothing is changed: where a platform takes such signs into names, it would be another account.
    """
    name = _trimmed(text[:LONGEST])
    return _trimmed(_last_of(name)) if name.casefold().startswith(_ADDRESS) else name


def plain_handle(text: str) -> str:
    """Return the one form in which all writings of a handle are equal; its server stays, where it was written."""
    plain, folded = "", text[:LONGEST]
    # What one step uncovers, the next one reads: a sign behind a sign, an address within an address.
    while folded != plain:
        plain, folded = folded, _folded(folded)[:LONGEST]
    return plain


def local_name(text: str) -> str:
    """Return a handle in its plain form without its server: what tells accounts apart on one platform."""
    return _parts(text)[0]


def same_handle(one: str, other: str) -> bool:
    """Answer whether two writings may name one account of a platform."""
    (name, server), (other_name, other_server) = _parts(one), _parts(other)
    # A name without its server is on ours, which nobody here knows, so it counts as the same.
    return name == other_name and (server == other_server or not (server and other_server))


def _parts(text: str) -> tuple[str, str]:
    plain = plain_handle(text)
    if plain.startswith(_WHOLE):
        return plain, ""
    at = next((place for place, letter in enumerate(plain) if letter in ":@"), len(plain))
    return plain[:at], plain[at + 1 :]


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter for letter in unicodedata.normalize("NFKC", wide) if _is_seen(letter))
    for before in _BEFORE_A_HANDLE:
        words = words.removeprefix(before)
    return (_last_of(words) if words.startswith(_ADDRESS) else words).lstrip("@")


def _trimmed(text: str) -> str:
    seen = [place for place, letter in enumerate(text) if _is_seen(letter)]
    return text[seen[0] : seen[-1] + 1].replace("\uff20", "@", 1) if seen else ""


def _is_seen(letter: str) -> bool:
    kept = unicodedata.category(letter) not in {"Cf", "Cc", "Cs"} and letter not in _UNSEEN and not letter.isspace()
    return kept and not any(ord(letter) in each for each in _SELECTORS)


def _last_of(address: str) -> str:
    pieces = [piece.partition("?")[0] for piece in address.partition("://")[2].replace("#", "/").split("/")]
    return unquote(next((piece for piece in reversed(pieces[1:]) if piece), ""))
