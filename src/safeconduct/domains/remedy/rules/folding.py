"""Reading words as an eye does: letters that look alike are one letter, and what nobody sees is not there."""

import re
import unicodedata

# Letters of other scripts that look like ours, in small letters.
_LOOKALIKES = str.maketrans(
    "\u0131\u0269\u0261\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442\u0432\u043d\u0456\u0458\u0455\u0501"
    "\u051b\u051d\u04bb\u0475\u04cf\u03b1\u03bf\u03bd\u03c1\u03c4\u03b9\u03ba\u03c5\u03b5\u0585\u0578\u057d\u0570\u0581",
    "iigaeopcyxkmtbhijsdqwhvlaovptikueonuhg",
)
# Marks above and below letters, Arabic vowel signs, and the stroke that only stretches a word.
_ORNAMENT = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_WITH_MARKS = ("LATIN ", "GREEK ", "CYRILLIC ")
# What is put between the letters of a word: re-ported, a.mina, pro*tect.
_INSIDE = re.compile(r"(?<=[^\W_])[-\u2010-\u2015_.·•*'’`~]+(?=[^\W_])")


def folded(text: str) -> str:
    """Return a text in which the same words look the same, whatever letters they were put together from."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_bare(letter) for letter in plain if _is_seen(letter)).translate(_LOOKALIKES)


def joined(text: str) -> str:
    """Return a folded text whose words are whole again where something was put between their letters."""
    return _INSIDE.sub("", text)


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf" and not _ORNAMENT.match(letter)


def _bare(letter: str) -> str:
    # Of other scripts nothing is taken apart: there it would make one word of two.
    marked = unicodedata.name(letter, "").startswith(_WITH_MARKS)
    return unicodedata.normalize("NFD", letter)[0] if marked else letter
