"""An identity provider's answer: whatever is wrong with it gets one sentence, and only a proven token introduces."""

import base64
import hmac
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from safeconduct.connectors.oidc.provider import NOT_INTRODUCED
from safeconduct.connectors.oidc.seats import SEATS, SHARE, Seats
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from tests.connectors.oidc.forger import BACK, JOURNEY, KEY, Forger, answer, forging

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
STRANGE = generate_private_key(65537, 2048)


@pytest.fixture
def forger() -> Iterator[Forger]:
    with forging() as running:
        yield running


def refusal(forger: Forger, told: dict[str, str] | None = None) -> str:
    with pytest.raises(NotAllowed) as refused:
        forger.provider().introduced(JOURNEY, told or answer())
    return refused.value.sentence


def test_a_right_answer_introduces_its_subject_and_nothing_else(forger: Forger) -> None:
    found = forger.provider().introduced(JOURNEY, answer(code="the-code"))

    assert (found.issuer, found.subject) == (forger.address, "ines-there")
    assert not found.second_factor
    assert forger.asked == [
        {
            "grant_type": ["authorization_code"],
            "code": ["the-code"],
            "redirect_uri": [BACK],
            "code_verifier": ["the-verifier"],
        }
    ]


def test_the_way_there_carries_a_challenge_and_never_its_verifier(forger: Forger) -> None:
    address = forger.provider().way_there(JOURNEY)

    challenge = base64.urlsafe_b64encode(sha256(b"the-verifier").digest()).decode().rstrip("=")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{forger.address}/authorize/?")
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
    assert (asked["state"], asked["nonce"], asked["scope"]) == ("the-state", "the-nonce", "openid")
    assert "the-verifier" not in address
    assert "between-us" not in address


NOW = int(time.time())
FORGED: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://id.example"},
    "another audience": {"aud": "another-service"},
    "one audience more": {"aud": ["safeconduct", "another-service"]},
    "made for another party": {"azp": "another-service"},
    "expired": {"exp": NOW - 3600},
    "without an end": {"exp": None},
    "made long ago": {"iat": NOW - 7200},
    "made tomorrow": {"iat": NOW + 86_400, "exp": NOW + 90_000},
    "not yet good": {"nbf": NOW + 3600},
    "an end that is a word": {"exp": "never"},
    "an end that is a yes": {"exp": True},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is a number": {"sub": 7},
    "a key that is not the provider's": {"key": STRANGE},
    "a key that nobody named": {"header": {"kid": "two"}},
    "a header that must be understood": {"header": {"crit": ["exp"]}},
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_token_is_refused_with_the_one_sentence(forger: Forger, forged: str) -> None:
    forger.says(**FORGED[forged])

    assert refusal(forger) == NOT_INTRODUCED


def test_a_token_that_nobody_signed_is_refused(forger: Forger) -> None:
    forger.forges({"alg": "none"}, lambda _: b"")

    assert refusal(forger) == NOT_INTRODUCED


def test_a_token_signed_with_the_public_key_as_if_it_were_a_secret_is_refused(forger: Forger) -> None:
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    forger.forges({"alg": "HS256", "kid": "one"}, lambda raw: hmac.digest(public, raw, "sha256"))

    assert refusal(forger) == NOT_INTRODUCED


@pytest.mark.parametrize("token", [None, "", "no.token", "a.b.c", "a.b.c.d.e"])
def test_nonsense_in_place_of_a_token_is_refused(forger: Forger, token: str | None) -> None:
    forger.token = lambda: token

    assert refusal(forger) == NOT_INTRODUCED


@pytest.mark.parametrize(
    "told", [{"state": "another"}, {"state": ""}, {"code": ""}, {"iss": "https://id.example"}, {"state": "é"}]
)
def test_a_forged_answer_is_refused_before_the_provider_is_asked(forger: Forger, told: dict[str, str]) -> None:
    assert refusal(forger, answer(**told)) == NOT_INTRODUCED
    assert forger.asked == []


def test_a_code_that_the_provider_refuses_introduces_nobody(forger: Forger) -> None:
    provider = forger.provider()
    provider.way_there(JOURNEY)
    forger.status = 400

    with pytest.raises(NotAllowed, match="You were not introduced"):
        provider.introduced(JOURNEY, answer())


@pytest.mark.parametrize("claims", [{"acr": "mfa"}, {"amr": ["pwd", "mfa"]}, {"amr": "mfa"}, {"amr": ["sms"]}, {}])
def test_only_the_named_second_factor_stands_for_ours(forger: Forger, claims: dict[str, Any]) -> None:
    forger.says(**claims)

    found = forger.provider(second_factor=frozenset({"mfa"})).introduced(JOURNEY, answer())

    assert found.second_factor is (claims in ({"acr": "mfa"}, {"amr": ["pwd", "mfa"]}))
    assert not forger.provider().introduced(JOURNEY, answer()).second_factor


def test_the_secret_goes_in_the_header_unless_the_provider_takes_none_there(forger: Forger) -> None:
    forger.provider().introduced(JOURNEY, answer())
    forger.configuration["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    forger.provider().introduced(JOURNEY, answer())

    assert forger.heard[0]["authorization"].startswith("Basic ")
    assert "client_secret" not in forger.asked[0]
    assert "authorization" not in forger.heard[1]
    assert forger.asked[1]["client_secret"] == ["between-us"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://id.example"},
        {"token_endpoint": None},
        {"token_endpoint": "ftp://id.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_documents_that_lead_astray_are_refused(forger: Forger, wrong: dict[str, Any]) -> None:
    forger.configuration |= wrong

    with pytest.raises(Refused):
        forger.provider().way_there(JOURNEY)


def test_a_private_provider_needs_to_be_allowed(forger: Forger) -> None:
    with pytest.raises(Refused, match="https://"):
        forger.provider(allow_private=False).way_there(JOURNEY)


def test_a_redirect_of_the_provider_is_not_followed(forger: Forger) -> None:
    forger.status = 302

    with pytest.raises(Unavailable):
        forger.provider().way_there(JOURNEY)


def test_a_flood_at_our_door_asks_the_provider_once_and_holds_few_workers(forger: Forger) -> None:
    provider = forger.provider()
    provider.way_there(JOURNEY)
    forger.status = 500
    for _ in range(20):
        provider.way_there(JOURNEY)
    forger.status = 200
    provider._seats = Seats(patience=timedelta())

    with ExitStack() as held:
        for number in range(SEATS):
            held.enter_context(provider._seats.taken(bytes([number])))
        with pytest.raises(Unavailable, match="Wait a moment"):
            provider.introduced(JOURNEY, answer())


def test_whoever_waited_for_a_seat_asks_no_more_for_what_was_read_meanwhile(forger: Forger) -> None:
    other, provider, led = forger.provider(), forger.provider(), []
    provider._seats = Seats(patience=timedelta(minutes=2))
    other.way_there(JOURNEY)
    forger.status = 500
    with ExitStack() as held:
        for number in range(SEATS):
            held.enter_context(provider._seats.taken(bytes([number])))
        waiting = Thread(target=lambda: led.append(provider.way_there(JOURNEY)))
        waiting.start()
        while not provider._seats._waiting:
            time.sleep(0.005)
        provider._known = other._known
    waiting.join()

    assert len(led) == 1


def test_a_place_that_takes_all_it_may_keeps_nobody_else_from_being_introduced(forger: Forger) -> None:
    provider = forger.provider()
    with ExitStack() as held:
        for _ in range(SHARE):
            held.enter_context(provider._seats.taken(b"strangers"))

        found = provider.introduced(replace(JOURNEY, place=b"a colleague"), answer())

    assert found.subject == "ines-there"


def test_looking_finds_a_provider_whose_keys_we_cannot_take(forger: Forger) -> None:
    forger.provider().look()
    forger.keys = [{"kty": "oct", "k": "AAAA"}]

    with pytest.raises(Refused, match="publishes no key we take"):
        forger.provider().look()
