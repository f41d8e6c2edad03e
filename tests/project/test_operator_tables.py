"""What operators write down is taken or refused with a sentence that names the line, and the guides' tables work."""

import re
from pathlib import Path

import pytest

from safeconduct.accounts.values import MemberKind
from safeconduct.kernel.errors import Refused, SafeconductError
from safeconduct.project import helpdesk, providers
from tests.stories.served import ROOT

pytestmark = pytest.mark.one_database
PROVIDER = '[[provider]]\nid = "staff"\nname = "Staff"\nissuer = "https://id.example"\nclient_id = "us"\n'
HELPDESK = '[[helpdesk]]\nkind = "jira"\naddress = "https://issues.example"\nsecret_file = "keys/a"\nproject = "SAFE"\n'


def secret(folder: Path, name: str, *, mode: int = 0o600) -> None:
    (folder / "keys").mkdir(exist_ok=True)
    (folder / "keys" / name).write_text("a-secret\n")
    (folder / "keys" / name).chmod(mode)


def tables(guide: str) -> list[str]:
    return re.findall(r"```toml\n(.+?)```", (ROOT / "docs" / "guides" / guide).read_text(), re.DOTALL)


def test_the_table_of_the_sign_in_guide_works_as_written(tmp_path: Path) -> None:
    secret(tmp_path, "sign-in.secret")
    (tmp_path / providers.FILE).write_text(tables("sign-in.md")[0])

    [named] = providers.named_providers(tmp_path)

    assert (named.id, named.name, named.serves) == ("staff", "Juniper staff", frozenset({MemberKind.STAFF}))


@pytest.mark.parametrize("table", tables("helpdesk.md"))
def test_each_table_of_the_helpdesk_guide_works_as_written(tmp_path: Path, table: str) -> None:
    secret(tmp_path, "helpdesk.secret")
    (tmp_path / helpdesk.FILE).write_text(table)

    named = helpdesk.named_helpdesk(tmp_path)

    assert named is not None
    assert f'kind = "{named.name}"' in table


def test_without_the_files_nobody_introduces_and_nobody_is_told(tmp_path: Path) -> None:
    assert (providers.named_providers(tmp_path), helpdesk.named_helpdesk(tmp_path)) == ([], None)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret(tmp_path, "a", mode=0o644)
    (tmp_path / helpdesk.FILE).write_text(HELPDESK)

    with pytest.raises(Refused, match="chmod 600"):
        helpdesk.named_helpdesk(tmp_path)


WRONG = {
    "give each id as a few small letters": PROVIDER.replace('"staff"', '"Staff/.."'),
    "staff has no client_id": PROVIDER.replace('client_id = "us"\n', ""),
    "must begin with https://": PROVIDER.replace("https://", "http://"),
    'staff serves \\["staff"\\]': PROVIDER + 'serves = ["everybody"]\n',
    "write the second_factor of staff as a list": PROVIDER + 'second_factor = "mfa"\n',
    "cannot be read. Put the secret there": PROVIDER + 'secret_file = "keys/none"\n',
    "begin each provider with a line": PROVIDER.replace("[[provider]]", "[provider]"),
    "Mend that line": "provider: staff",
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_provider_that_is_named_wrongly_is_pointed_at(tmp_path: Path, sentence: str) -> None:
    (tmp_path / providers.FILE).write_text(WRONG[sentence])

    with pytest.raises(SafeconductError, match=sentence):
        providers.named_providers(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (HELPDESK * 2, "name one helpdesk"),
        (HELPDESK.replace("jira", "post"), "give the helpdesk a kind"),
        (HELPDESK.replace('project = "SAFE"\n', ""), "has no project"),
        (HELPDESK.replace("https://", "http://"), "must begin with https://"),
    ],
)
def test_a_helpdesk_that_is_named_wrongly_is_pointed_at(tmp_path: Path, wrong: str, sentence: str) -> None:
    secret(tmp_path, "a")
    (tmp_path / helpdesk.FILE).write_text(wrong)

    with pytest.raises(Refused, match=sentence):
        helpdesk.named_helpdesk(tmp_path)
