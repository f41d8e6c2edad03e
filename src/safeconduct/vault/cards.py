"""Paper cards: a team's seed as three cards of 33 words, any two of which bring it back (SLIP-39)."""

from collections.abc import Sequence
from itertools import combinations

from shamir_mnemonic import (  # type: ignore[import-untyped] # the library ships no types
    MnemonicError,
    Share,
    combine_mnemonics,
    generate_mnemonics,
)

from safeconduct.kernel.errors import Refused
from safeconduct.vault.labels import KEY_BYTES

CARDS = 3
NEEDED = 2
WORDS = 33


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


def _read(card: str, number: int) -> Share:
    words = card.lower().split()
    if len(words) != WORDS:
        raise Refused(
            "cards.length", f"Card {number} has {len(words)} words and should have {WORDS}. Compare it with the paper."
        )
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        sentence = f"Card {number} has a wrong word or two words swapped. Compare it with the paper, word by word."
        raise Refused("cards.wrong-word", sentence) from None
    if (share.group_count, share.member_threshold) != (1, NEEDED):
        raise Refused("cards.foreign", f"Card {number} was not made by this service. Find the right card.")
    return share


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
