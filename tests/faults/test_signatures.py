"""Answers that a platform did not give: forged, altered, replayed or stale, none is believed."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from safeconduct.connectors.outside import Answer, NoAnswer
from safeconduct.connectors.signatures import COVERED_IN_ANSWERS, TAG, OurKey, check_answer, sign
from safeconduct.kernel import clock

pytestmark = pytest.mark.one_database

OURS = OurKey("safeconduct-1", Ed25519PrivateKey.generate())
THEIRS, STRANGERS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
KNOWN = {"platform-1": THEIRS.public_key()}
MINUTE = timedelta(minutes=1)


def asked() -> httpx.Request:
    headers = {"Content-Type": "application/json"}
    request = httpx.Request("POST", "https://platform.example/v1/account", headers=headers, content=b"{}")
    sign(request, key=OURS)
    return request


def answered(
    request: httpx.Request,
    *,
    key: Ed25519PrivateKey = THEIRS,
    name: str = "platform-1",
    tag: str = TAG,
    covered: tuple[str, ...] = COVERED_IN_ANSWERS,
    age: timedelta = timedelta(0),
) -> Answer:
    body = b'{"locked": true}'
    answer = Answer(200, httpx.Headers({"Content-Type": "application/json"}), body, request)
    created = datetime.fromtimestamp(int(time.time()), UTC) - age
    resolver = MappingKeyResolver(public_keys={}, private_keys={name: key})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
        answer,
        key_id=name,
        created=created,
        expires=created + MINUTE,
        label="platform",
        tag=tag,
        covered_component_ids=covered,
        body=body,
    )
    return answer


def unsigned(request: httpx.Request) -> Answer:
    return replace(answered(request), headers=httpx.Headers({"Content-Type": "application/json"}))


FORGED: dict[str, Callable[[httpx.Request], Answer]] = {
    "no signature": unsigned,
    "another's key under the platform's name": lambda request: answered(request, key=STRANGERS),
    "a key nobody knows": lambda request: answered(request, name="platform-2"),
    "our own key": lambda request: answered(request, key=OURS.private),
    "another body": lambda request: replace(answered(request), body=b'{"locked": false}'),
    "another status": lambda request: replace(answered(request), status_code=409),
    "the answer to another question": lambda request: replace(answered(asked()), request=request),
    "a minute and a half old": lambda request: answered(request, age=timedelta(seconds=150)),
    "from an hour to come": lambda request: answered(request, age=-60 * MINUTE),
    "made for something else": lambda request: answered(request, tag="other-v1"),
    "bound to no question": lambda request: answered(request, covered=COVERED_IN_ANSWERS[:3]),
    "its body left out": lambda request: answered(request, covered=("@status", COVERED_IN_ANSWERS[3])),
}


def test_the_platforms_own_answer_is_believed_whatever_a_drill_does_to_the_clock() -> None:
    request = asked()

    with clock.use(lambda: datetime(2031, 1, 1, tzinfo=UTC)):
        check_answer(answered(request), keys=KNOWN)


@pytest.mark.parametrize("kind", FORGED)
def test_an_answer_that_the_platform_did_not_give_to_this_question_is_not_believed(kind: str) -> None:
    request = asked()

    with pytest.raises(NoAnswer) as told:
        check_answer(FORGED[kind](request), keys=KNOWN)

    assert "It is not known what was done." in told.value.sentence
