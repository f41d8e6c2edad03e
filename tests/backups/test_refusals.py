"""What is damaged, foreign, too old or in the way is refused in one sentence, and nothing is half made."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from safeconduct.accounts import pins
from safeconduct.backups import made, making, parcels, recipients, restoring, rows
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import cards, ledger
from tests.backups.making import Backed, back_up, bring_back, lose_everything, make_cards, quietly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backed(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Backed:
    """Give a backup of a place in which only its cards were made: what is refused needs no more."""
    pins.keep_pins(pins.Pins())
    return back_up(make_cards(), tmp_path_factory.mktemp("away") / "backup")


def summed(file: Path) -> None:
    with file.open("rb") as opened:
        for _ in parcels.check_sum(opened):
            pass


def opened(file: Path, printed: tuple[str, ...]) -> None:
    with file.open("rb") as source:
        head = parcels.head_of(source)
        parcels.key_of(head, cards.join(printed[:2]))


def test_a_backup_is_readable_by_its_owner_alone_and_holds_no_word_in_clear(backed: Backed) -> None:
    raw = backed.file.read_bytes()

    assert backed.file.stat().st_mode & 0o777 == 0o600
    assert not [word for word in (b"SQLite format", b"sealed_cover", b"Ines", b"accounts.Member") if word in raw]
    assert [path.name for path in backed.file.parent.iterdir()] == ["backup"]


def test_one_changed_byte_anywhere_is_found_without_any_card(backed: Backed) -> None:
    raw = backed.file.read_bytes()

    for at in (0, 40, 1500, len(raw) // 2, -1, -40):
        backed.file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + (raw[at + 1 :] if at != -1 else b""))
        with pytest.raises(Refused):
            summed(backed.file)


def test_a_file_cut_short_or_lengthened_is_found_without_any_card(backed: Backed) -> None:
    raw = backed.file.read_bytes()

    for changed in (b"", raw[:400], raw[: len(raw) // 2], raw[:-1], raw + b"\0"):
        backed.file.write_bytes(changed)
        with pytest.raises(Refused):
            summed(backed.file)


def test_whoever_makes_the_checksum_fit_again_is_found_with_the_cards(backed: Backed, settings: Any) -> None:
    from hashlib import sha256  # noqa: PLC0415 - the attack's own tool

    raw = bytearray(backed.file.read_bytes()[:-32])
    raw[len(raw) // 2] ^= 1
    backed.file.write_bytes(bytes(raw) + sha256(raw).digest())
    summed(backed.file)
    kept = lose_everything(settings, backed.file.parent / "data")

    with pytest.raises(Refused) as refused:
        bring_back(backed, kept)

    assert refused.value.code == "backup.damaged"
    assert not rows.any_row()


def test_another_set_of_cards_opens_nothing_and_is_told_which_set_it_needs(backed: Backed) -> None:
    with pytest.raises(Refused) as refused:
        opened(backed.file, make_cards())

    assert refused.value.code == "backup.other-cards"


def test_cards_of_a_demonstration_open_no_programme(backed: Backed, settings: Any) -> None:
    settings.SAFECONDUCT_CONTEXT = "programme"

    with pytest.raises(Refused):
        opened(backed.file, backed.cards)
    with pytest.raises(Unavailable):
        recipients.present_recipient()


def test_no_backup_is_made_before_there_are_cards_nor_into_the_data_folder_nor_over_a_file(
    data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away")
    codes = []
    for step, file in ((None, away / "one"), (make_cards, data_folder / "two"), (None, away)):
        if step:
            step()
        with pytest.raises(Refused) as refused:
            making.back_up(file, progress=quietly)
        codes.append(refused.value.code)

    assert codes == ["backup.no-cards", "backup.inside", "backup.exists"]
    assert [*away.iterdir()] == []


def test_the_keys_that_act_on_others_are_not_in_a_backup(backed: Backed, settings: Any) -> None:
    keys = Path(settings.DATA) / "keys"
    for name in ("juniper.token", "juniper.hearing", "helpdesk.secret", "connector.pem"):
        (keys / name).write_bytes(b"acts on others")
    (keys / "something-new.key").write_bytes(b"is kept")
    making.back_up(backed.file.with_name("second"), progress=quietly)
    second = Backed(backed.cards, backed.file.with_name("second"))

    kept = lose_everything(settings, backed.file.parent / "data")
    bring_back(second, kept)

    brought = {path.name for path in (backed.file.parent / "data" / "keys").iterdir()}
    assert {"checkpoint.key", "custodians.json", "ledger.key", "something-new.key"} <= brought
    assert not brought & {"juniper.token", "juniper.hearing", "helpdesk.secret", "connector.pem"}


@pytest.mark.parametrize("what", ["absent", "changed", "cut", "of another programme"])
def test_a_missing_cut_or_changed_ledger_is_refused_before_a_row_is_written(
    backed: Backed, settings: Any, what: str
) -> None:
    kept = lose_everything(settings, backed.file.parent / "data")
    lines = kept.read_text().splitlines(keepends=True)
    if what == "absent":
        kept.unlink()
    elif what == "changed":
        kept.write_text(lines[0].replace("ledger.begun", "ledger.bygon"))
    elif what == "cut":
        kept.write_text("")
    else:
        kept.write_text(ledger.sealed_after(None, ledger.BEGUN, (), b"another key").written())

    with pytest.raises(Refused) as refused:
        bring_back(backed, kept)

    assert refused.value.code.startswith(("ledger.", "restore.ledger"))
    assert "ledger" in refused.value.sentence
    assert not rows.any_row()


def test_a_ledger_that_ends_days_ago_needs_a_word_for_that_very_day(backed: Backed, settings: Any) -> None:
    kept = lose_everything(settings, backed.file.parent / "data")
    last = clock.now().date()
    later = clock.now() + timedelta(days=5)

    with clock.use(lambda: later), pytest.raises(Refused) as refused:
        bring_back(backed, kept)
    with clock.use(lambda: later):
        bring_back(backed, kept, ends=last)

    assert refused.value.code == "restore.ledger-ends"
    assert f"--ledger-ends {last.isoformat()}" in refused.value.sentence


def test_a_backup_of_other_tables_is_refused_and_names_its_version(backed: Backed, settings: Any) -> None:
    taker = restoring._Filling(restoring.FromLedger(Path()))

    with pytest.raises(Refused) as refused:
        taker.manifest({"version": "0.0.1", "tables": {}, "migrations": [], "ledger": {}})

    assert "0.0.1" in refused.value.sentence


def test_backups_past_their_thirty_days_are_named_while_they_lie_there(backed: Backed) -> None:
    late = clock.now() + timedelta(days=31)

    with clock.use(lambda: late):
        named = [each.path for each in made.too_old()]
        backed.file.unlink()
        gone = made.too_old()

    assert (named, gone) == ([str(backed.file)], [])


def test_the_head_in_clear_says_which_backup_it_is_and_no_more(backed: Backed) -> None:
    with backed.file.open("rb") as file:
        said = json.loads(file.readline())

    assert set(said) == {"form", "id", "context", "made_at", "recipient", "wrapped_key", "ledger"}
