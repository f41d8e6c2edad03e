"""The promises of every connector, kept on a real Matrix homeserver, also while it is in trouble."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

import httpx
import pytest

from safeconduct.connectors import performing, wording
from safeconduct.connectors.outside import Answer, Limits, NotReached, Outside
from safeconduct.connectors.port import ActKind, ActOrder, ActRecord, Result
from safeconduct.connectors.synapse.admin import PATIENCE_SECONDS, Admin
from safeconduct.connectors.synapse.calls import SynapseCalls
from safeconduct.connectors.synapse.connector import SynapseConnector
from safeconduct.kernel.errors import Unavailable
from tests.connectors.promises import PROMISES, Subject, nothing_is_claimed_that_the_platform_does_not_show
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import Matrix
from tests.synapse.troubled import Line, Trouble, troubled

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]


def locked(matrix: Matrix) -> bool:
    found = matrix.asked("GET", f"_synapse/admin/v2/users/{matrix.amina.name}", matrix.administrator)
    return found["locked"] is True


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_a_homeserver_keeps_the_promise(matrix: Matrix, promise: Callable[[Subject], None]) -> None:
    promise(Subject(matrix.connector, matrix.amina.name, lambda: locked(matrix)))


@dataclass
class Troubled:
    """The way to the homeserver through a line that fails, and how long we waited when it asked us to."""

    line: Line
    matrix: Matrix
    waited: list[float] = field(default_factory=list)

    @property
    def connector(self) -> SynapseConnector:
        server = self.matrix.connector.homeserver
        # Only where the answer comes late are we in a hurry.
        late = self.line.trouble in {Trouble.SLOW, Trouble.STALLED}
        reached = replace(server, base=self.line.address, limits=Limits(total_seconds=1.5 if late else 60))
        return SynapseConnector("matrix", "Platform Test", reached, pause=self.waited.append)

    def lock(self, trouble: Trouble) -> ActRecord:
        self.line.trouble = trouble
        return self.connector.perform(ActOrder(ActKind.ACCOUNT_LOCK, self.matrix.amina.name, uuid4()))


@pytest.fixture
def trouble(matrix: Matrix) -> Iterator[Troubled]:
    with troubled(matrix.homeserver.address) as line:
        yield Troubled(line, matrix)


@pytest.mark.parametrize(
    ("kind", "result", "sentence"),
    [
        (Trouble.NONE, Result.DONE_AND_CHECKED, "Done, and the platform itself shows it."),
        (Trouble.SLOW, Result.DONE_AND_CHECKED, "answer was lost. The platform itself shows that it is done."),
        (Trouble.STALLED, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Trouble.DROPPING, Result.NOT_DONE, "did not answer well. Nothing was changed."),
        (Trouble.FAILING, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Trouble.NONSENSE, Result.NOT_CONFIRMED, "When we looked, nothing had changed; it still may."),
        (Trouble.LYING, Result.NOT_DONE, "said it was done, but when we looked, nothing had changed."),
        (Trouble.BUSY, Result.NOT_DONE, "Nothing was changed. Try again in a few minutes."),
    ],
)
def test_in_any_trouble_the_truth_is_told_and_nothing_is_claimed(
    matrix: Matrix, trouble: Troubled, kind: Trouble, result: Result, sentence: str
) -> None:
    trouble.line.trouble = kind

    record = nothing_is_claimed_that_the_platform_does_not_show(
        Subject(trouble.connector, matrix.amina.name, lambda: locked(matrix))
    )

    assert record.result is result
    assert str(record.sentence).endswith(sentence)
    assert locked(matrix) is (result is Result.DONE_AND_CHECKED)


@pytest.mark.parametrize(
    "act",
    [
        ActKind.ACCOUNT_SUSPEND,
        ActKind.ACCOUNT_DEACTIVATE,
        ActKind.SESSIONS_REVOKE,
        ActKind.SESSION_END,
        ActKind.CREDENTIALS_RESET,
        ActKind.CONTENT_REMOVE,
        ActKind.CONTENT_DISABLE,
        ActKind.INTERACTION_RESTRICT,
        ActKind.NOTICE_SEND,
    ],
)
def test_a_homeserver_that_lies_about_any_act_is_found_out(
    matrix: Matrix, trouble: Troubled, troll: SignedIn, act: ActKind
) -> None:
    room = matrix.room_of(troll)
    items = {
        ActKind.SESSION_END: troll.device,
        ActKind.CONTENT_REMOVE: matrix.says(troll, room, "A threat."),
        ActKind.CONTENT_DISABLE: matrix.uploads(troll),
        ActKind.INTERACTION_RESTRICT: room,
    }
    trouble.line.trouble = Trouble.LYING

    record = trouble.connector.perform(
        ActOrder(act, troll.name, uuid4(), item=items.get(act, ""), words="Two words.", way_back="I called her.")
    )

    assert record.result is not Result.DONE_AND_CHECKED
    assert record.changed == ()


def test_a_short_wait_that_is_asked_for_is_kept_and_the_act_done(trouble: Troubled) -> None:
    trouble.line.busy_times, trouble.line.retry_after_ms = 3, 700

    record = trouble.lock(Trouble.BUSY)

    assert record.result is Result.DONE_AND_CHECKED
    assert trouble.waited == [0.7, 0.7, 0.7]


def test_all_waiting_together_has_a_bound(trouble: Troubled) -> None:
    trouble.line.busy_times, trouble.line.retry_after_ms = 60, 900

    record = trouble.lock(Trouble.BUSY)

    assert record.sentence == wording.BUSY
    assert sum(trouble.waited) <= PATIENCE_SECONDS
    assert len(trouble.line.asked) <= PATIENCE_SECONDS / 0.9 + 1


def test_a_wait_beyond_the_bound_is_not_begun(trouble: Troubled) -> None:
    trouble.line.retry_after_ms = 3_600_000

    record = trouble.lock(Trouble.BUSY)

    assert record.sentence == wording.BUSY
    assert trouble.waited == []
    assert len(trouble.line.asked) == 1


def test_a_wait_without_a_number_is_a_second(trouble: Troubled) -> None:
    trouble.line.busy_times, trouble.line.retry_after_ms = 1, None

    trouble.lock(Trouble.BUSY)

    assert trouble.waited == [1.0]


def test_reading_from_a_busy_or_broken_homeserver_says_that_it_does_not_answer(
    matrix: Matrix, trouble: Troubled
) -> None:
    trouble.line.retry_after_ms = 60_000
    for kind in (Trouble.BUSY, Trouble.DROPPING):
        trouble.line.trouble = kind
        for ask in (trouble.connector.capabilities, lambda: trouble.connector.flags("")):
            with pytest.raises(Unavailable):
                ask()


class LostAt(Outside):
    """A line that is lost before the first request whose address holds ``place``."""

    place = "/join/"

    def send(self, request: httpx.Request) -> Answer:
        if self.place in str(request.url):
            raise NotReached("outside.not-reached", "The address could not be reached. Nothing was changed.")
        return super().send(request)


def test_a_homeserver_lost_half_way_is_never_said_to_be_unchanged(matrix: Matrix, troll: SignedIn) -> None:
    said = matrix.says(troll, matrix.room_of(troll), "A threat.")
    server = matrix.connector.homeserver
    order = ActOrder(ActKind.CONTENT_REMOVE, troll.name, uuid4(), item=said)

    with LostAt(server.base, allow_private=True) as outside:
        calls = SynapseCalls("matrix", "Platform Test", Admin(server, outside), notices=True)
        record = performing.perform(calls, order, pause=lambda _: None)

    assert record.result is Result.NOT_CONFIRMED
    assert "Nothing was changed" not in str(record.sentence)
