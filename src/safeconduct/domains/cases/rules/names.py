"""Finding the names in what somebody wrote about people, so that none of them is ever told."""

import re
from collections.abc import Iterator

SHORTEST = 3
A_NAME_AT_MOST = 3  # words; longer, it is a sentence
_BETWEEN = re.compile(r"[,;.:/()\n،؛؟]|\s[-–—]\s")
_WORD = re.compile(r"[^\W\d_]+")
# Whoever is in danger is said in these words as often as by name. As names they would forbid half a language.
_COMMON = """
    all and are both brother brothers child children colleague colleagues cousin cousins daughter daughters everyone
    family father for friend friends from her herself him himself his home house husband kids lawyer maybe members
    mother mum myself neighbour neighbours nobody not one only organisation organization other others our parents
    people perhaps probably relatives several she sister sisters some someone son sons staff team that the their them
    themselves these they this three two uncle wife with witness witnesses you your
    أنا نحن هي هو هم كل مع من في على أمي أبي أخي أختي إخوتي أخواتي ابني ابنتي أبنائي أولادي أطفالي زوجي زوجتي عائلتي
    أسرتي أهلي صديقي صديقتي أصدقائي زميلي زميلتي زملائي فريقي جيراني والدي والدتي بيتي منزلي
"""
_NO_NAMES = frozenset(_COMMON.split())


def names_in(text: str) -> tuple[str, ...]:
    """Return every word that may be somebody's name.

    A word with a capital is taken for one; so is each word of a few that stand alone, since whoever writes in fear, or
    in a script without capitals, writes none.
    """
    return tuple(dict.fromkeys(name for part in _BETWEEN.split(text) for name in _names_of(_WORD.findall(part))))


def _names_of(words: list[str]) -> Iterator[str]:
    alone = len(words) <= A_NAME_AT_MOST
    return (word for word in words if (alone or word[0].isupper()) and _may_be_a_name(word))


def _may_be_a_name(word: str) -> bool:
    return len(word) >= SHORTEST and word.casefold() not in _NO_NAMES
