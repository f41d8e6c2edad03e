import copy
import pickle
import secrets
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, DoesNotOpen, Keyring, Opened, SealedFile, cards, passphrases
from safeconduct.vault.boxes import opened_under, sealed_under
from safeconduct.vault.hidden import same
from safeconduct.vault.keypairs import KeyPair, hpke_open, hpke_seal, public_key
from safeconduct.vault.passphrases import Derived
from safeconduct.vault.streams import SealedReader, SealedWriter
from tests.vault.makers import SOMEWHERE

SECRET = b"Secret, thirty-two bytes of it.."
NAME = "torture-photograph.jpg"
DIGITS = "123456789012345678901234567890"


@pytest.fixture
def holders(settings: object, tmp_path: Path) -> Iterator[list[object]]:
    settings.DATA = tmp_path
    sealed = SealedFile(id=new_id(), key=SECRET, size_bytes=1, name=NAME, kind="image/jpeg", sha256=SECRET.hex())
    with SealedWriter(name=NAME, kind="image/jpeg") as writer:
        yield [
            CaseCode(DIGITS),
            CaseCode(DIGITS).reporter,
            Keyring(Actor(ActorKind.MEMBER, new_id()), {new_id(): SECRET}),
            KeyPair.from_seed(SECRET),
            Opened(new_id(), SECRET),
            sealed,
            SealedReader(sealed),
            writer,
        ]


def told(text: str) -> list[str]:
    forms = (repr(SECRET), SECRET.decode(), SECRET.hex(), NAME, "torture", DIGITS, "1234567890")
    return [form for form in forms if form in text]


def test_nothing_that_holds_a_secret_shows_it_when_printed(holders: list[object]) -> None:
    for each in holders:
        for text in (repr(each), str(each), f"{each}", f"{each!r:>80}", repr([each]), repr({"kept": each})):
            assert told(text) == []
            assert type(each).__name__ in text


def test_nothing_that_holds_a_secret_can_be_written_down_or_copied(holders: list[object]) -> None:
    for each in holders:
        for write in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="stays in memory"):
                write(each)


def test_derived_passphrase_keys_show_nothing() -> None:
    assert told(repr(Derived(SECRET, SECRET))) == []
    assert told(str(Derived(SECRET, SECRET))) == []


def test_a_failure_quotes_neither_key_nor_words_in_its_traceback() -> None:
    def wrong_place() -> None:
        opened_under(bytes(32), sealed_under(SECRET, SECRET, SOMEWHERE), SOMEWHERE)

    def wrong_key() -> None:
        hpke_open(SECRET, hpke_seal(public_key(bytes(32)), SECRET, b"purpose"), b"purpose")

    for fail in (wrong_place, wrong_key):
        with pytest.raises(DoesNotOpen) as fault:
            fail()
        assert told("".join(traceback.format_exception(fault.value))) == []
        assert fault.value.__cause__ is None
        assert fault.value.__suppress_context__


def test_wrong_cards_and_lines_are_named_without_being_quoted() -> None:
    first, second, _ = cards.split(SECRET)
    word = first.split()[5]

    with pytest.raises(Exception, match="Card 1") as fault:
        cards.join([first.replace(word, "academic", 1) + " extra", second])

    assert word not in "".join(traceback.format_exception(fault.value)).split("cards.join")[-1]


def test_two_codes_are_compared_by_what_they_hold() -> None:
    assert CaseCode(DIGITS) == CaseCode(DIGITS)
    assert CaseCode(DIGITS) != CaseCode(DIGITS[::-1])
    assert CaseCode(DIGITS) != DIGITS
    assert len({CaseCode(DIGITS), CaseCode(DIGITS)}) == 1


def test_secrets_are_compared_whole() -> None:
    one = secrets.token_bytes(32)

    assert same(one, bytes(one))
    assert not same(one, one[:-1])
    assert not same(one, passphrases.new_salt())
