"""While a large photograph trickles in, no piece of it lies in the clear anywhere, deleted files included."""

import http.client
import re
import uuid
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.leaks.conftest import Lived
from tests.leaks.places import Held, finds, open_files_of, wanted
from tests.leaks.planted import PLANTED, picture
from tests.stories.caller import Caller
from tests.web.visitor import Form

pytestmark = pytest.mark.loopback

SIZE_BYTES = 24 * 1024 * 1024
PIECES = 6
IN_A_PICTURE = tuple(label for label in PLANTED if "picture" in label)


def last_page(lived: Lived) -> Form:
    """Begin a report and come to its last page."""
    with closing(Caller(lived.places.served)) as caller:
        caller.open().press("report").press("last", text="With a large photograph.")
        return caller.form_with("send")


def body_of(form: Form, boundary: str) -> bytes:
    """Return the form with its photograph as a browser would send it: the picture before the last field."""
    fields = {name: values[0] for name, values in form.fields.items() if name != "end"} | {"go": "send"}
    name = f"{PLANTED['name of a picture']}.jpg"
    head = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}' for key, said in fields.items()
    ]
    head.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    tail = f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="end"\r\n\r\n1\r\n--{boundary}--\r\n'
    return "\r\n".join(head).encode() + picture("slowly", size_bytes=SIZE_BYTES) + tail.encode()


def meanwhile(lived: Lived) -> Iterator[Held]:
    yield from lived.places.files()
    yield from open_files_of(lived.places.served.process.pid)


def test_no_piece_of_a_slow_upload_lies_anywhere_while_it_arrives(lived: Lived) -> None:
    form, boundary = last_page(lived), uuid.uuid4().hex
    body = body_of(form, boundary)
    looked_for, found, parts = wanted(lived.secrets, *IN_A_PICTURE), [], 0
    address = urlsplit(lived.places.served.address)
    with closing(http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)) as line:
        line.putrequest("POST", form.action)
        line.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
        line.putheader("Content-Length", str(len(body)))
        line.endheaders()
        for piece in range(PIECES):
            line.send(body[len(body) * piece // PIECES : len(body) * (piece + 1) // PIECES])
            if piece < PIECES - 1:
                found += finds(meanwhile(lived), looked_for)
                parts += len(list(lived.places.served.data.glob("files/*/*.part")))
        page = line.getresponse().read().decode()

    assert found == []
    assert parts, "the photograph was never seen arriving"
    assert len(re.findall(r"<span>\d{3} \d{3} \d{4}</span>", page)) == 3
    assert finds(lived.places.everything(), looked_for) == []
