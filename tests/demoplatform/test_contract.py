"""The platform's side of the contract against whoever is not Safeconduct."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from demoplatform import Keys, Square, make_app
from demoplatform.contract import reading
from safeconduct.connectors.http_contract import schemas
from safeconduct.connectors.port import ActKind

pytestmark = pytest.mark.one_database
QUESTIONS = ("capabilities", "account", "evidence", "cost", "acts", "effect", "rehearsal")


@pytest.fixture
def square(tmp_path: Path) -> Square:
    return make_app(tmp_path, Keys(Ed25519PrivateKey.generate().public_key(), Ed25519PrivateKey.generate()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_nobody_unsigned_gets_an_answer(square: Square, question: str) -> None:
    body = {"handle": "amina", "act": "account.lock", "dry_run": False}

    answer = Client(square).post(f"/safeconduct/v1/{question}", json=body, headers={"Idempotency-Key": "k"})

    assert answer.status_code == 401
    assert schemas.faults("problem", answer.json) == []
    assert "amina" not in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    signature=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60),
    given_input=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=80),
    body=st.binary(max_size=60),
)
def test_whatever_is_sent_as_a_signature_is_refused_and_nothing_breaks(
    square: Square, signature: str, given_input: str, body: bytes
) -> None:
    headers = {"Signature": signature, "Signature-Input": given_input, "Content-Type": "application/json"}

    answer = Client(square).post("/safeconduct/v1/account", data=body, headers=headers)

    assert answer.status_code == 401


def test_too_long_a_question_is_refused(square: Square) -> None:
    assert Client(square).post("/safeconduct/v1/account", data=b"x" * 200_000).status_code == 400


def test_the_answers_follow_the_published_schemas(square: Square) -> None:
    with square._store.open() as db:
        answers = {
            "capabilities": reading.capabilities(),
            "account": reading.account(db, {"handle": "amina"}),
            "evidence": reading.evidence(db, {"handle": "amina"}),
            "cost": reading.cost(db, {"handle": "amina", "act": "account.lock"}),
        }

    assert [name for name, answer in answers.items() if schemas.faults(name, answer)] == []


SANCTIONS_AND_THE_LIKE = {
    ActKind.SESSION_END,
    ActKind.CREDENTIALS_RESET,
    ActKind.ACCOUNT_SUSPEND,
    ActKind.ACCOUNT_REINSTATE,
    ActKind.ACCOUNT_DEACTIVATE,
    ActKind.ACCOUNT_REACTIVATE,
    ActKind.CONTENT_REMOVE,
    ActKind.INTERACTION_RESTRICT,
    ActKind.INTERACTION_REOPEN,
}


def test_it_offers_every_act_that_protects_its_owner() -> None:
    assert set(reading.ACTS) == {act.value for act in set(ActKind) - SANCTIONS_AND_THE_LIKE}


def test_evidence_holds_the_attack(square: Square) -> None:
    with square._store.open() as db:
        evidence = reading.evidence(db, {"handle": "amina"})

    kept = json.loads(base64.b64decode(evidence["content"]))
    assert "She walks home at six. Alone." in [post["words"] for post in kept["posts"]]
