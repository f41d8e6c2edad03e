"""Paper cards: a team's seed as three cards of 33 words, any two of which bring it back (SLIP-39)."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from shamir_mnemonic import (  # type: ignore[import-untyped] # the library ships no types
    MnemonicError,
    Share,
    combine_mnemonics,
    generate_mnemonics,
    rs1024,
)
from shamir_mnemonic.wordlist import WORD_INDEX_MAP  # type: ignore[import-untyped] # the library ships no types

from safeconduct.kernel.errors import Refused
from safeconduct.vault.labels import KEY_BYTES

CARDS = 3
NEEDED = 2
WORDS = 33
WORDS_A_LINE = 3  # as cards are printed

_CHECKSUM_OF = b"shamir_extendable"  # what SLIP-39 mixes into the checksum of cards like ours


def split(seed: bytes) -> tuple[str, str, str]:
    """Return three cards. Show each once, to its holder, and keep none."""
    if len(seed) != KEY_BYTES:
        raise ValueError("A seed has 32 bytes.")
    first, second, third = generate_mnemonics(1, [(NEEDED, CARDS)], seed)[0]
    return first, second, third


def join(cards: Sequence[str]) -> bytes:
    """Return the seed from two or three cards, in any order, or say which card is wrong and how."""
    if not NEEDED <= len(cards) <= CARDS:
        raise Refused("cards.count", "Two of the three cards are needed. Type two of them.")
    shares = [_read(card, number) for number, card in enumerate(cards, start=1)]
    if len({share.common_parameters() for share in shares}) > 1:
        raise Refused(
            "cards.mixed", "These cards belong to different teams or to different printings. Find cards of one set."
        )
    if len({share.index for share in shares}) < len(shares):
        raise Refused("cards.repeated", "The same card was typed twice. Type two different cards.")
    return _joined(shares)


def check(card: str, number: int) -> None:
    """Refuse a card that was not typed as it was printed, and say where the mistake is where that can be known."""
    _read(card, number)


def unknown_word(words: Sequence[str]) -> int | None:
    """Return the place, from 0, of the first word that stands on no card at all."""
    return next((at for at, word in enumerate(words) if word.lower() not in WORD_INDEX_MAP), None)


def _read(card: str, number: int) -> Share:
    words = card.lower().split()
    if len(words) != WORDS:
        raise Refused(
            "cards.length", f"Card {number} has {len(words)} words and should have {WORDS}. Compare it with the paper."
        )
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise Refused("cards.wrong-word", f"{_mistake(words, number)} Compare it with the paper.") from None
    if (share.group_count, share.member_threshold) != (1, NEEDED):
        raise Refused("cards.foreign", f"Card {number} was not made by this service. Find the right card.")
    return share


def _mistake(words: list[str], number: int) -> str:
    unknown = unknown_word(words)
    if unknown is not None:
        return f"Card {number}: word {unknown + 1}, in line {_line(unknown)}, is on no card."
    typed = [WORD_INDEX_MAP[word] for word in words]
    if (swapped := _swapped(typed)) is not None:
        return f"Card {number}: words {swapped + 1} and {swapped + 2} seem to be swapped."
    if (wrong := _wrong(typed)) is not None:
        return f"Card {number}: word {wrong + 1}, in line {_line(wrong)}, seems to be wrong."
    return f"Card {number} has more than one wrong word."


def _line(at: int) -> int:
    return at // WORDS_A_LINE + 1


def _swapped(typed: list[int]) -> int | None:
    for at, (one, other) in enumerate(pairwise(typed)):
        if _fits([*typed[:at], other, one, *typed[at + 2 :]]):
            return at
    return None


def _wrong(typed: list[int]) -> int | None:
    """Return the one place where another word would make the card whole. The word itself is never suggested.

    The checksum finds any three wrong words, so no card with two wrong ones is taken for a card with one.
    """
    for at in range(WORDS):
        if any(_fits([*typed[:at], other, *typed[at + 1 :]]) for other in WORD_INDEX_MAP.values()):
            return at
    return None


def _fits(typed: list[int]) -> bool:
    return bool(rs1024.verify_checksum(typed, _CHECKSUM_OF))


def _joined(shares: Sequence[Share]) -> bytes:
    """Join every pair: a third card that disagrees with the first two must not pass unseen."""
    try:
        seeds = {combine_mnemonics([one.mnemonic(), other.mnemonic()]) for one, other in combinations(shares, NEEDED)}
    except MnemonicError:
        raise _do_not_fit() from None
    if len(seeds) != 1:
        raise _do_not_fit()
    return bytes(seeds.pop())


def _do_not_fit() -> Refused:
    return Refused("cards.do-not-fit", "These cards do not fit together. Find cards that were printed together.")
