"""The search that looks for stolen words can find them in every form it claims."""

import base64
import json
import sqlite3
from pathlib import Path

import pytest

from safeconduct.project.demonstration import spellings, theft

pytestmark = pytest.mark.one_database

PHRASE = "harbour لا تنشر 7"


@pytest.mark.parametrize("form", spellings.forms_of(PHRASE))
def test_the_search_finds_each_form_of_a_phrase_wherever_it_lies(form: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00\xff before " + spellings.forms_of(PHRASE)[form] + b" after \x01")

    found = theft.search(tmp_path, PHRASE)

    assert form in {find.form for find in found.finds}


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc", b"abcd"])
def test_base64_is_found_at_any_alignment(before: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(base64.b64encode(before + PHRASE.encode() + b"tail"))

    assert theft.search(tmp_path, PHRASE).finds


def test_a_phrase_in_an_sqlite_page_and_in_its_log_is_found(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "base.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE words (text)")
    connection.execute("INSERT INTO words VALUES (?)", (json.dumps({"text": PHRASE}),))
    connection.commit()

    found = theft.search(tmp_path, PHRASE)
    connection.close()

    assert {find.file for find in found.finds} == {"base.sqlite3-wal"}


def test_a_search_that_finds_nothing_says_how_much_it_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"nothing here")

    found = theft.search(tmp_path, PHRASE)

    assert (found.finds, found.files, found.size_bytes) == ((), 1, 12)
