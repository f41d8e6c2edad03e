"""The pictures of docs/concepts are the ones their script draws, and a page shows each."""

from xml.etree import ElementTree as ET

import pytest

from scripts.pictures import FOLDER, PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_from_its_script_told_in_words_and_shown_on_a_page(name: str) -> None:
    drawn = (FOLDER / name).read_text(encoding="utf-8")

    assert drawn == PICTURES[name]()
    assert any(f"]({name})" in page.read_text(encoding="utf-8") for page in FOLDER.glob("*.md"))
    told = ET.fromstring(drawn).find("{http://www.w3.org/2000/svg}desc")  # noqa: S314 - our own file
    assert told is not None
    assert told.text
