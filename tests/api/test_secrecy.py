"""A stolen database tells neither what a partner filed, nor that it was this partner."""

import base64
from collections.abc import Iterator

import pytest
from django.apps import apps

from safeconduct.domains.partners.models import Token
from tests.api.conftest import REPORT, Program
from tests.cast import PARTNER_NAME
from tests.programme import PARTNER_ID, Programme


def rows() -> Iterator[tuple[str, list[bytes]]]:
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            yield model._meta.label, [raw(value) for value in row]


def raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.fixture
def report_id(harbour: Program) -> str:
    filed: str = harbour.file().json()["id"]
    harbour.post(f"reports/{filed}/messages", {"text": "She is with her sister."})
    harbour.get(f"reports/{filed}")
    return filed


@pytest.mark.usefixtures("report_id")
@pytest.mark.parametrize(
    "phrase", [REPORT["reference"], REPORT["text"], "amina.writes", "angry.crowd", "her sister", "juniper-square"]
)
def test_nothing_that_was_sent_is_stored_in_clear(phrase: str) -> None:
    forms = [phrase.encode(), phrase.encode("utf-16-le"), base64.b64encode(phrase.encode())[:-4]]

    assert not [label for label, values in rows() for value in values for form in forms if form in value]


def test_no_row_about_a_report_says_which_partner_filed_it(report_id: str, programme: Programme) -> None:
    (token,) = Token.objects.filter(organisation_id=PARTNER_ID)
    whose = [str(one).encode() for one in (PARTNER_ID, programme.member_id("tomas"), token.id)] + [
        PARTNER_NAME.encode()
    ]
    about = {report_id.encode()}
    for _, values in rows():
        if about & set(values):
            about |= {value for value in values if len(value) == len(report_id) and value.count(b"-") == 4}

    telling = [
        label
        for label, values in rows()
        if about & set(values) and any(one in value for one in whose for value in values)
    ]
    assert telling == []


def test_the_search_would_find_the_partner_beside_a_report(report_id: str, harbour: Program) -> None:
    from safeconduct.audit.models import Waiting  # noqa: PLC0415
    from safeconduct.audit.services import record  # noqa: PLC0415
    from safeconduct.kernel.actors import Actor, ActorKind  # noqa: PLC0415

    assert harbour.token
    record(Actor(ActorKind.PARTNER_MEMBER, PARTNER_ID), "report.planted", Waiting(subject=report_id).subject)

    assert [
        label
        for label, values in rows()
        if report_id.encode() in values and str(PARTNER_ID).encode() in b"".join(values)
    ]
