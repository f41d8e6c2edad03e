"""A platform that fails in every way, and what may be said about it each time."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from demoplatform import Fault
from safeconduct.connectors.http_contract import answers
from safeconduct.connectors.port import ActKind, ActOrder, ActRecord, Result
from safeconduct.kernel.errors import Unavailable
from tests.juniper import Juniper, juniper_square

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


def lock(juniper: Juniper) -> ActRecord:
    return juniper.connector.perform(ActOrder(act=ActKind.ACCOUNT_LOCK, handle="amina", key=uuid4()))


@pytest.mark.parametrize(
    ("fault", "result", "sentence"),
    [
        (Fault.ABSENT, Result.NOT_DONE, "could not be reached, or did not answer well. Nothing was changed."),
        (Fault.REFUSING, Result.NOT_DONE, "refused. It says: This account is under review by another team."),
        (Fault.LYING, Result.NOT_DONE, "said it was done, but when we looked, nothing had changed."),
        (Fault.STALLED, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Fault.FAILING, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Fault.NONSENSE, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Fault.BLIND, Result.SENT_NOT_CHECKED, "accepted it. We could not look afterwards."),
    ],
)
def test_a_failing_platform_is_never_said_to_have_done_it(
    juniper: Juniper, fault: Fault, result: Result, sentence: str
) -> None:
    juniper.misbehave(fault)

    record = lock(juniper)

    assert record.result is result
    assert str(record.sentence).endswith(sentence)
    assert record.changed == ()


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.UNSIGNED])
def test_a_lost_answer_is_made_good_by_looking(juniper: Juniper, fault: Fault) -> None:
    juniper.misbehave(fault)

    record = lock(juniper)

    assert record.result is Result.DONE_AND_CHECKED
    assert str(record.sentence) == "The platform's answer was lost. The platform itself shows that it is done."
    assert record.read_back_at is not None


def test_evidence_that_is_not_what_its_fingerprint_says_is_not_kept() -> None:
    told = {
        "content": b64encode(b"What the platform shows.").decode(),
        "sha256": sha256(b"What the platform showed.").hexdigest(),
        "media_type": "text/plain",
        "taken_at": "2026-11-20T14:02:00Z",
    }

    with pytest.raises(Unavailable, match="does not match its own fingerprint"):
        answers.snapshot(told)
    assert answers.snapshot(told | {"sha256": sha256(b"What the platform shows.").hexdigest()})


def test_a_notice_whose_answer_was_lost_is_not_confirmed(juniper: Juniper) -> None:
    juniper.misbehave(Fault.SLOW)

    record = juniper.connector.perform(
        ActOrder(act=ActKind.NOTICE_SEND, handle="amina", key=uuid4(), words="Your number is 118 204.")
    )

    assert record.result is Result.NOT_CONFIRMED


def test_a_platform_that_is_down_changes_nothing(tmp_path: Path) -> None:
    with juniper_square(tmp_path / "other") as gone:
        pass

    assert lock(gone).result is Result.NOT_DONE
    with pytest.raises(Unavailable):
        gone.connector.account("amina")


def test_an_answer_signed_with_another_key_is_not_believed(juniper: Juniper, tmp_path: Path) -> None:
    with juniper_square(tmp_path / "other") as other:
        impostor = other.connector.line
    mixed = type(juniper.line)(juniper.line.base, juniper.line.our_key, impostor.their_keys, allow_private=True)

    record = type(juniper.connector)("juniper-square", "Juniper Square", mixed).perform(
        ActOrder(act=ActKind.ACCOUNT_LOCK, handle="amina", key=uuid4())
    )

    assert record.result is Result.NOT_DONE
    assert juniper.connector.account("amina").locked is False


def test_after_a_fault_the_same_order_can_be_given_again(juniper: Juniper) -> None:
    again = ActOrder(act=ActKind.ACCOUNT_LOCK, handle="amina", key=uuid4())
    juniper.misbehave(Fault.STALLED)
    first = juniper.connector.perform(again)
    juniper.misbehave(Fault.NONE)

    second = juniper.connector.perform(again)

    assert first.result is Result.NOT_CONFIRMED
    assert second.result is Result.DONE_AND_CHECKED
