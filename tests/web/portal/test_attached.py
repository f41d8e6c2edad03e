"""What staff attach for a reporter: shown as a copy drawn anew, saved as it was, opened by nobody else."""

import io
import re

from PIL import Image

from safeconduct.domains.cases.services import work
from safeconduct.kernel.ids import new_id
from safeconduct.vault.values import SealedFile
from tests.programme import Programme
from tests.web.console.conftest import sealed_picture
from tests.web.portal.test_conversation import the_case
from tests.web.portal.walks import open_case
from tests.web.visitor import Visitor


def attached(programme: Programme) -> SealedFile:
    file, case, desk = sealed_picture(), the_case(programme), programme.desk("ines")
    work.take_case(case.id, desk)
    work.answer(case.id, case.reports[0].id, "This is the page to look for.", desk, key=new_id(), files=[file])
    return file


def address_of(visitor: Visitor) -> str:
    found = re.search(r'<img class="attached" src="([^"]+)"', visitor.page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_a_picture_is_shown_only_once_asked_for_and_as_a_copy_of_our_own(
    visitor: Visitor, programme: Programme
) -> None:
    open_case(visitor)
    attached(programme)

    visitor.open()
    closed = visitor.page
    visitor.press("look")
    answer = visitor.client.get(address_of(visitor))

    assert "<img" not in closed
    assert Image.open(io.BytesIO(answer.content)).size == (640, 480)
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_original_is_saved_and_its_name_says_nothing(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    file = attached(programme)
    visitor.open()
    form = visitor.form_with("save")

    visitor.send(form, {**form.fields, "go": "save"})

    assert len(b"".join(visitor.answer.streaming_content)) == file.size_bytes
    assert visitor.answer["Content-Disposition"] == f'attachment; filename="{file.id.hex[:12]}.jpg"'
    assert "sandbox" in visitor.answer["Content-Security-Policy"]


def test_a_look_opens_nothing_to_anybody_else(visitor: Visitor, programme: Programme) -> None:
    open_case(visitor)
    attached(programme)
    visitor.open().press("look")
    address = address_of(visitor)
    victor = Visitor()

    stranger = victor.client.get(address)
    open_case(victor)
    another = victor.client.get(address)

    assert not stranger["Content-Type"].startswith("image/")
    assert another.status_code == 404
