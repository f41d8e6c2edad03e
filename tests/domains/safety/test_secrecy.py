"""A stolen database says nothing of an account, an act, a proof or a code."""

import base64

import pytest
from django.apps import apps

from safeconduct.domains.safety import services
from safeconduct.domains.safety.models import BundleOrder
from safeconduct.domains.safety.rules import Bundle, WhoElse
from safeconduct.vault import outbox
from tests.domains.safety.conftest import AMINAS_ACCOUNT, BY_TOMAS, CASE, HARBOUR, Scene, code_in
from tests.domains.safety.platform import THE_HANDLE, FakePlatform

REASON = "She read me the last three sign-ins by telephone."


def everything_stored() -> bytes:
    rows = [
        value
        for model in [*apps.get_app_config("safety").get_models(), *apps.get_app_config("audit").get_models()]
        for row in model._default_manager.values_list()
        for value in row
    ]
    return b"\n".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in rows)


@pytest.fixture
def stolen(scene: Scene, platform: FakePlatform) -> bytes:
    scene.prove_by_code(platform)
    scene.order_by_code()
    scene.order(Bundle.HIDE, who_else_sees=WhoElse.NOBODY, reason=REASON)
    services.record_vouch(
        CASE, envelope=scene.envelope, account=AMINAS_ACCOUNT, organisation=HARBOUR, reason="Ours.", by=BY_TOMAS
    )
    in_flight = everything_stored()
    services.carry_out()
    platform.silent = True
    scene.order()
    services.carry_out()
    return in_flight + everything_stored()


@pytest.mark.parametrize(
    "phrase",
    [
        THE_HANDLE,
        "juniper-square",
        REASON,
        "hide",
        "secure-now",
        "account.lock",
        "profile",
        "partner-vouch",
        str(HARBOUR),
    ],
)
def test_no_planted_phrase_is_found(stolen: bytes, phrase: str) -> None:
    forms = [
        phrase.encode(),
        phrase.encode("utf-16-le"),
        base64.b64encode(phrase.encode()).rstrip(b"="),
        phrase.encode().hex().encode(),
    ]

    assert not [form for form in forms if form.lower() in stolen.lower()]


def test_no_code_is_found(scene: Scene, platform: FakePlatform) -> None:
    services.send_code(
        case_id=CASE,
        envelope=scene.envelope,
        account=AMINAS_ACCOUNT,
        bundle=Bundle.SECURE_NOW,
        who_else_sees=WhoElse.NOBODY,
        by=BY_TOMAS.__class__(BY_TOMAS.kind.REPORTER, CASE),
    )

    assert code_in(platform.notices[0]).encode() not in everything_stored()


def test_the_search_would_find_a_handle_that_was_there(scene: Scene) -> None:
    order = scene.order()
    BundleOrder.objects.filter(pk=order).update(sealed_order=THE_HANDLE.encode())

    assert THE_HANDLE.encode() in everything_stored()


def test_a_long_handle_makes_no_longer_row(scene: Scene) -> None:
    short = scene.order(account=AMINAS_ACCOUNT.__class__("juniper-square", "a"))
    long = scene.order(account=AMINAS_ACCOUNT.__class__("juniper-square", "a" * 60))

    sizes = [
        [
            len(bytes(getattr(BundleOrder.objects.get(pk=order), field)))
            for field in ("sealed_order", "sealed_parcel", "sealed_record")
        ]
        for order in (short, long)
    ]
    assert sizes[0] == sizes[1]


def test_times_in_clear_are_whole_minutes(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    services.carry_out()

    row = BundleOrder.objects.get(pk=order)
    assert all(at and not at.second for at in (row.ordered_at, row.finished_at, row.lapses_at))


def test_a_record_of_yesterday_cannot_be_passed_off_as_today(scene: Scene) -> None:
    order = scene.order()
    before = BundleOrder.objects.get(pk=order).sealed_record
    services.carry_out()
    BundleOrder.objects.filter(pk=order).update(sealed_record=before)

    with pytest.raises(Exception, match="does not open"):
        scene.view(order)


def test_nothing_prints_a_handle(scene: Scene) -> None:
    order = scene.order()

    assert THE_HANDLE not in repr(scene.view(order))
    assert THE_HANDLE not in repr(services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT))
    assert outbox.LIFETIME
