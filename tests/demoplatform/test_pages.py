"""What people see on Juniper Square, before and after an act."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from werkzeug.test import Client

from demoplatform import Fault, Keys, Square, make_app
from demoplatform.contract import acting

pytestmark = pytest.mark.one_database


@pytest.fixture
def square(tmp_path: Path) -> Square:
    return make_app(tmp_path, Keys(Ed25519PrivateKey.generate().public_key(), Ed25519PrivateKey.generate()))


@pytest.fixture
def visitor(square: Square) -> Client:
    return Client(square)


def do(square: Square, act: str, **more: object) -> None:
    with square._store.open() as db:
        acting.act(db, {"handle": "amina", "act": act, "dry_run": False, **more}, key=f"{act}{more}")


def read(visitor: Client, path: str, status: int = 200) -> str:
    answer = visitor.get(path, base_url="http://127.0.0.1:8010")
    assert answer.status_code == status
    return answer.text


@pytest.mark.parametrize("path", ["/", "/@amina", "/@amina/followers", "/search?q=a", "/account/amina",
                                  "/device/stranger-desktop", "/backstage"])  # fmt: skip
def test_every_page_says_that_it_is_simulated(visitor: Client, path: str) -> None:
    assert "Simulated. Juniper Square and everyone on it are invented." in read(visitor, path)


def test_one_sees_the_lock_on_every_device(square: Square, visitor: Client) -> None:
    before = read(visitor, "/account/amina")
    do(square, "account.lock")

    after = read(visitor, "/account/amina")
    assert before.count('class="screen in"') == 3
    assert after.count('class="screen locked"') == 3
    assert "<strong>It is locked.</strong>" in after


def test_whoever_holds_a_device_sees_the_lock_and_can_do_nothing(square: Square, visitor: Client) -> None:
    do(square, "account.lock")

    shown = read(visitor, "/device/stranger-desktop")
    tried = visitor.post("/device/stranger-desktop", data={"do": "post", "words": "Planted words."})
    assert "Nobody can use it now." in shown
    assert "<form" not in shown
    assert "Refused. This device cannot use the account." in tried.text
    assert "Planted words." not in read(visitor, "/")


def test_a_stranger_can_post_until_the_sessions_are_ended(square: Square, visitor: Client) -> None:
    visitor.post("/device/stranger-desktop", data={"do": "post", "words": "First."})
    do(square, "sessions.revoke")
    visitor.post("/device/stranger-desktop", data={"do": "post", "words": "Second."})

    shown = read(visitor, "/")
    assert "First." in shown
    assert "Second." not in shown


@pytest.mark.parametrize(("act", "wish"), [("credentials.freeze", "password"), ("contact.freeze", "recovery")])
def test_what_is_frozen_cannot_be_changed(square: Square, visitor: Client, act: str, wish: str) -> None:
    before = visitor.post("/device/stranger-desktop", data={"do": wish}).text
    do(square, act)

    assert "has begun" in before
    assert "is frozen" in visitor.post("/device/stranger-desktop", data={"do": wish}).text


def test_a_hidden_profile_looks_like_one_that_never_was(square: Square, visitor: Client) -> None:
    do(square, "profile.hide")

    hidden, never = (read(visitor, f"/@{handle}", 404) for handle in ("amina", "never-was"))
    assert hidden == never
    assert "@amina" not in read(visitor, "/search?q=amina")


@pytest.mark.parametrize(
    ("act", "path", "gone"),
    [
        ("posts.hide", "/@amina", "nine villages"),
        ("search.hide", "/search?q=amina", "/@amina"),
        ("messages.close", "/@amina", "Anyone can write"),
        ("followers.hide", "/@amina", "Followers: 6"),
    ],
)
def test_one_sees_what_is_hidden(square: Square, visitor: Client, act: str, path: str, gone: str) -> None:
    before = read(visitor, path)
    do(square, act)

    assert gone in before
    assert gone not in read(visitor, path)


def test_hidden_followers_cannot_be_listed(square: Square, visitor: Client) -> None:
    do(square, "followers.hide")

    assert "not available" in read(visitor, "/@amina/followers", 404)


def test_a_hidden_post_says_so_in_its_place(square: Square, visitor: Client) -> None:
    do(square, "content.disable", handle="patriot.eye.01", item="http://127.0.0.1:8010/@patriot.eye.01#p-2006")

    shown = read(visitor, "/@patriot.eye.01")
    assert "She walks home at six" not in shown
    assert "This post is not available while it is being looked at." in shown


def test_what_people_write_is_shown_as_text(visitor: Client) -> None:
    visitor.post("/device/amina-phone", data={"do": "post", "words": "<b>{words}</b>"})

    assert "&lt;b&gt;{words}&lt;/b&gt;" in read(visitor, "/")


def test_another_site_cannot_press_a_button(square: Square, visitor: Client) -> None:
    answer = visitor.post("/backstage", data={"fault": "lying"}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert square.switch.fault is Fault.NONE


def test_another_name_does_not_lead_here(visitor: Client) -> None:
    assert visitor.get("/account/amina", base_url="http://rebound.example").status_code == 400


def test_backstage_chooses_how_it_fails_and_puts_everything_back(square: Square, visitor: Client) -> None:
    visitor.post("/backstage", data={"fault": "lying", "do": "behave"})
    chosen = square.switch.fault
    do(square, "account.lock")
    visitor.post("/backstage", data={"do": "reset"})

    assert chosen is Fault.LYING
    assert square.switch.fault is Fault.NONE
    assert "It can be used." in read(visitor, "/account/amina")
