"""The tour's thief carries everything away and harms nothing; a demonstration's folder is known by every command."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.stories.served import Served, demonstration

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]

PATIENCE = 60.0  # seconds: a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with demonstration(tmp_path_factory.mktemp("tour")) as running:
        yield running


def lost_files(served: Served) -> list[str]:
    held = (path.readlink() for path in Path(f"/proc/{served.process.pid}/fd").iterdir() if path.is_symlink())
    return [str(name) for name in held if str(name).endswith("(deleted)") and "sqlite3" in str(name)]


def test_searching_the_stolen_folder_loosens_no_lock_of_the_service(served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=PATIENCE) as thief:
        page = thief.get("/tour/theft/").text
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        found = thief.post("/tour/theft/", data={"csrfmiddlewaretoken": token, "phrase": "blue mill"})
        carried = thief.get("/tour/theft/everything.zip")

        served.command("audit", "verify")
        thief.get("/help")

    assert "“blue mill” is found nowhere" in found.text
    assert carried.content.startswith(b"PK")
    assert lost_files(served) == []


def test_a_word_too_short_to_prove_anything_is_not_searched(served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=PATIENCE) as thief:
        token = thief.get("/tour/theft/").text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        answers = [
            thief.post("/tour/theft/", data={"csrfmiddlewaretoken": token, "phrase": phrase}).text
            for phrase in ("a", "abc", "")
        ]

    assert all("Type at least four letters" in page and "Found in" not in page for page in answers)


def test_the_tour_leads_to_the_appeal_without_an_eighth_step(served: Served) -> None:
    page = httpx.get(f"{served.address}/tour/", timeout=PATIENCE).text

    assert "She can disagree" in page
    assert page.count("<h3>") == 7


def test_doctor_says_that_a_demonstration_connects_its_own_platform(served: Served) -> None:
    said = served.command("doctor").stdout

    assert "connects its simulated platform by itself" in said
    assert "by hand" not in said


def test_every_command_knows_a_demonstrations_folder_by_itself(served: Served) -> None:
    verified = served.command_without_settings("audit", "verify")

    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_tour_is_shown_to_this_machine_only(served: Served) -> None:
    forwarded = httpx.get(f"{served.address}/tour/", headers={"X-Forwarded-For": "192.0.2.7"}, timeout=PATIENCE)

    assert forwarded.status_code == 404


def test_coming_back_to_the_tour_finds_ones_place(served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=PATIENCE) as visitor:
        first = visitor.get("/tour/").text
        visitor.get("/tour/theft/")
        watched = visitor.get("/tour/watch/")
        again = visitor.get("/tour/").text

    assert "You are at the first." in first
    assert watched.headers["Location"].endswith("/account/amina")
    assert "2 of 7 are done. Next: Report, as Amina." in again
    assert again.count('class="btn"') == 1


def test_every_page_of_a_demonstration_leads_back_to_the_tour(served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=PATIENCE) as visitor:
        pages = [visitor.get(path).text for path in ("/help", "/sign-in", "/tour/theft/", "/nothing")]
        square = httpx.get(visitor.get("/tour/watch/").headers["Location"], timeout=PATIENCE).text

    assert all('href="/tour/?l=en"' in page for page in pages)
    assert f'href="{served.address}/tour/"' in square


def test_what_a_thief_reads_and_what_is_bytes_to_them_stand_apart(served: Served) -> None:
    page = httpx.get(f"{served.address}/tour/theft/", timeout=PATIENCE).text

    assert "safeconduct.sqlite3-wal" in page
    assert "keys/checkpoint.key" in page
    assert "people.json" not in page


def test_the_tour_speaks_arabic_and_says_that_nobody_checked_it(served: Served) -> None:
    page = httpx.get(f"{served.address}/tour/?l=ar", timeout=PATIENCE).text

    assert 'dir="rtl"' in page
    assert "سرقة قاعدة البيانات هذه" in page
    assert "لم يراجعها إنسان" in page
