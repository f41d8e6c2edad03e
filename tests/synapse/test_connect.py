"""``safeconduct connect matrix``: what an operator is asked and shown, and what is written, on a real homeserver."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.cli import connect, platform_entries
from safeconduct.connectors.port import ActKind, ActOrder, Capability, Result
from safeconduct.kernel.errors import Refused, SafeconductError, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.project import platforms
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import PASSWORD, Matrix
from tests.synapse.troubled import Trouble, troubled

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]


@dataclass
class Operator:
    """Somebody at a terminal who answers by what each question says."""

    answers: dict[str, str]
    agrees: dict[str, bool]
    token: str
    shown: list[str] = field(default_factory=list)
    looks: Callable[[], object] = lambda: None
    turns: dict[str, list[str]] = field(default_factory=dict)

    def say(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, question: str, *, default: str | None = None) -> str:
        self.shown.append(question)
        if question == connect.LOOK:
            self.looks()
        if turns := next((turns for words, turns in self.turns.items() if words in question), []):
            return turns.pop(0)
        return next((answer for words, answer in self.answers.items() if words in question), default or "")

    def ask_hidden(self, question: str) -> str:
        self.shown.append(question)
        return self.token

    def agree(self, question: str) -> bool:
        self.shown.append(question)
        return next((answer for words, answer in self.agrees.items() if words in question), False)

    def clear(self) -> None:
        self.shown.clear()

    @property
    def saw(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture
def operator(matrix: Matrix, troll: SignedIn) -> Operator:
    answers = {"homeserver answer": matrix.homeserver.address, "trial account": troll.name}
    return Operator(answers, {"private network": True, "now?": True}, matrix.administrator.token)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFECONDUCT_DEMONSTRATION", "no")
    return tmp_path / "data"


def test_what_the_walk_writes_connects_and_locks_an_account(matrix: Matrix, operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)

    [connector] = platforms.named_platforms(folder)
    record = connector.perform(ActOrder(ActKind.ACCOUNT_LOCK, matrix.amina.name, new_id()))
    assert record.result is Result.DONE_AND_CHECKED
    assert matrix.homeserver.whoami(matrix.amina) == (401, "M_USER_LOCKED")


def test_the_trial_account_stays_locked_until_the_operator_has_looked(
    matrix: Matrix, operator: Operator, troll: SignedIn, folder: Path
) -> None:
    seen = []
    operator.looks = lambda: seen.append(matrix.homeserver.whoami(troll))

    connect.walk(operator, folder)

    assert seen == [(401, "M_USER_LOCKED")]
    assert matrix.connector.account(troll.name).locked is False


def test_somebody_without_a_token_signs_in_and_never_sees_one(matrix: Matrix, operator: Operator, folder: Path) -> None:
    operator.agrees["Sign in to"] = True
    operator.answers["administrator's account"] = matrix.administrator.name
    operator.token = PASSWORD

    connect.walk(operator, folder)

    token = (folder / "keys/matrix.token").read_text()
    [connector] = platforms.named_platforms(folder)
    assert connector.capabilities().offered
    assert token not in operator.saw
    assert PASSWORD not in operator.saw + token


def test_the_table_says_what_was_done_and_read_back_and_what_only_rehearsed(operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)

    rows = {line.split()[1]: line.split()[0] for line in operator.saw.splitlines() if line.startswith("  ")}
    assert rows["account.lock"] == rows["account.suspend"] == rows["sessions.revoke"] == rows["notice.send"] == "yes"
    assert rows["credentials.reset"] == rows["account.deactivate"] == "rehearsed"
    assert rows["content.remove"] == "offered"


def test_the_token_is_never_shown_and_its_file_is_the_owners_only(operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)

    assert operator.token not in operator.saw
    assert operator.token not in (folder / "platforms.toml").read_text()
    assert (folder / "keys/matrix.token").read_text() == operator.token
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}


def test_nothing_is_heard_unless_somebody_says_so(operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)

    [connector] = platforms.named_platforms(folder)
    assert Capability.EVENTS_SUBSCRIBE not in connector.capabilities().offered
    assert [path.name for path in (folder / "keys").iterdir()] == ["matrix.token"]
    assert "what its device calls itself" in operator.saw


def test_what_may_be_heard_gets_its_files_to_install(operator: Operator, folder: Path) -> None:
    operator.agrees |= {"send events": True, "tell of log-ins": True}

    connect.walk(operator, folder)

    [connector] = platforms.named_platforms(folder)
    registration = (folder / "keys/matrix-registration.yaml").read_text()
    logins = (folder / "keys/matrix-log-ins.yaml").read_text()
    token = (folder / "keys/matrix.hearing").read_text()
    assert Capability.EVENTS_SUBSCRIBE in connector.capabilities().offered
    assert f'hs_token: "{token}"' in registration
    assert f'authorization: "{token}"' in logins
    assert 'url: "http://127.0.0.1:8000/hooks/matrix"' in registration
    assert r'users: [{exclusive: false, regex: "@.*:platform\\.test"}]' in registration
    assert token not in operator.saw


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"trial account": "@nobody-at-all:platform.test"}, "knows no such account"),
        ({"trial account": "@trust-and-safety:platform.test"}, "not the administrator's own"),
        ({"short name": "../keys"}, "small letters"),
        ({"homeserver answer": "http://127.0.0.1:9"}, "could not be reached"),
        ({"homeserver answer": "matrix.example"}, "must begin with https"),
    ],
)
def test_what_does_not_work_is_said_and_nothing_is_written(
    operator: Operator, folder: Path, wrong: dict[str, str], said: str
) -> None:
    operator.answers |= wrong

    with pytest.raises(SafeconductError, match=said):
        connect.walk(operator, folder)

    assert not folder.exists()


def test_a_token_without_rights_is_not_taken(matrix: Matrix, operator: Operator, folder: Path) -> None:
    operator.token = matrix.stranger.token

    with pytest.raises(Unavailable, match="administrator"):
        connect.walk(operator, folder)

    assert not folder.exists()


def test_a_private_address_is_reached_only_with_leave(operator: Operator, folder: Path) -> None:
    operator.agrees["private network"] = False

    with pytest.raises(Refused, match="private"):
        connect.walk(operator, folder)


def test_a_homeserver_that_only_says_it_locks_is_not_connected(
    matrix: Matrix, operator: Operator, folder: Path
) -> None:
    with troubled(matrix.homeserver.address) as line:
        line.trouble = Trouble.LYING
        operator.answers["homeserver answer"] = line.address

        with pytest.raises(Refused, match="cannot be locked"):
            connect.walk(operator, folder, pause=lambda _: None)

    assert "NO" in operator.saw
    assert not folder.exists()


def test_a_name_that_is_taken_is_kept_for_whom_it_is(operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)
    before = (folder / "platforms.toml").read_text()

    with pytest.raises(Refused, match="names matrix already"):
        connect.walk(operator, folder)

    assert (folder / "platforms.toml").read_text() == before


def test_the_token_of_a_homeserver_that_has_its_table_is_renewed_and_nothing_else(
    operator: Operator, folder: Path
) -> None:
    connect.walk(operator, folder)
    before = (folder / "platforms.toml").read_text()
    (folder / "keys/matrix.token").unlink()
    assert platforms.named_platforms(folder) == []
    operator.agrees["Renew its token"] = True
    operator.shown.clear()

    connect.walk(operator, folder)

    [connector] = platforms.named_platforms(folder)
    assert connector.capabilities().offered
    assert (folder / "platforms.toml").read_text() == before
    assert "trial account" not in operator.saw


def test_the_token_by_which_a_homeserver_tells_us_of_things_is_renewed_with_its_files(
    operator: Operator, folder: Path
) -> None:
    operator.agrees |= {"send events": True, "Renew its token": True}
    connect.walk(operator, folder)
    before = (folder / "keys/matrix.hearing").read_text()
    (folder / "keys/matrix.hearing").unlink()
    assert platforms.named_platforms(folder) == []

    connect.walk(operator, folder)

    after = (folder / "keys/matrix.hearing").read_text()
    assert after != before
    assert after in (folder / "keys/matrix-registration.yaml").read_text()
    assert len(platforms.named_platforms(folder)) == 1


def test_a_wrong_answer_is_asked_again_and_what_was_right_stays(operator: Operator, folder: Path) -> None:
    right = operator.answers["homeserver answer"]
    wrong = {
        "short name": ["../keys", "matrix"],
        "homeserver answer": ["127.0.0.1:8009", "http://127.0.0.1:9", right],
        "trial account": ["@nobody-at-all:platform.test", operator.answers["trial account"]],
    }
    operator.turns, operator.agrees["Answer again"] = wrong, True

    connect.walk(operator, folder)

    questions = ("A short name for it", "Where does the homeserver answer", "The trial account, for example")
    asked = [sum(shown.startswith(words) for shown in operator.shown) for words in questions]
    assert "begin with https://, or with http://" in operator.saw
    assert (asked, len(platforms.named_platforms(folder))) == ([2, 3, 2], 1)


def test_a_wrong_password_is_said_in_our_words(operator: Operator, matrix: Matrix, folder: Path) -> None:
    operator.agrees["Sign in to"] = True
    operator.answers["administrator's account"] = matrix.administrator.name
    operator.token = "not it"

    with pytest.raises(Refused, match="let nobody in with this name and password"):
        connect.walk(operator, folder)


def test_a_second_platform_stands_beside_the_first(operator: Operator, folder: Path) -> None:
    connect.walk(operator, folder)
    operator.answers["short name"] = "other"

    connect.walk(operator, folder)

    assert [one.platform for one in platforms.named_platforms(folder)] == ["matrix", "other"]


def test_a_demonstration_connects_no_real_platform(
    operator: Operator, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFECONDUCT_DEMONSTRATION", "yes")

    with pytest.raises(Refused, match="demonstration"):
        connect.walk(operator, folder)


def test_without_a_person_at_the_keyboard_no_secret_is_asked_for() -> None:
    told = CliRunner().invoke(connect.app, ["matrix"])

    assert told.exit_code != 0
    assert isinstance(told.exception, Refused)


def test_a_damaged_table_is_not_written_over(folder: Path) -> None:
    folder.mkdir()
    (folder / "platforms.toml").write_text("[[platform\n")

    with pytest.raises(Unavailable, match="cannot be read"):
        platform_entries.check_free(folder, "matrix")
