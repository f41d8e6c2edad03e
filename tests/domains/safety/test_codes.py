from contextlib import suppress
from typing import Any

import pytest

from safeconduct.audit import queries as audit
from safeconduct.connectors.port import AccountRef, Capability
from safeconduct.domains.safety import services
from safeconduct.domains.safety.models import AccountCode
from safeconduct.domains.safety.rules import Bundle, WhoElse
from safeconduct.domains.safety.views import CodeSent
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import Opened
from tests.domains.safety.conftest import (
    AMINAS_ACCOUNT,
    BY_AMINA,
    BY_INES,
    BY_TOMAS,
    CASE,
    OTHER_CASE,
    Scene,
    code_in,
)
from tests.domains.safety.platform import THE_HANDLE, FakePlatform


def bound(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {
        "case_id": CASE,
        "envelope": scene.envelope,
        "account": AMINAS_ACCOUNT,
        "bundle": Bundle.SECURE_NOW,
        "by": BY_AMINA,
    } | changes


def send(scene: Scene, **changes: Any) -> CodeSent:
    return services.send_code(**(bound(scene) | {"who_else_sees": WhoElse.NOBODY} | changes))


def another_account(number: int) -> AccountRef:
    return AccountRef("juniper-square", f"harbour.{number}")


def check(scene: Scene, sent: CodeSent, typed: str, **changes: Any) -> None:
    services.check_code(**bound(scene, **changes), code_id=sent.code_id, typed=typed)


@pytest.mark.parametrize("who", [WhoElse.SOMEONE, WhoElse.UNKNOWN])
def test_nothing_is_sent_to_an_account_that_others_may_see(scene: Scene, platform: FakePlatform, who: WhoElse) -> None:
    with pytest.raises(Refused, match="we send nothing"):
        send(scene, who_else_sees=who)

    assert not platform.performed


def test_the_words_are_neutral(scene: Scene, platform: FakePlatform) -> None:
    send(scene)

    words = platform.notices[0].lower()
    for telling in ("safeconduct", "report", "case", "defender", "human rights", "lock", "secure", "http", "danger"):
        assert telling not in words


def test_the_words_come_in_the_language_asked_for(scene: Scene, platform: FakePlatform) -> None:
    send(scene, language="ar")

    assert len(code_in(platform.notices[0])) == 8


def test_the_right_code_allows_the_order(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)

    assert scene.order_by_code()


def test_a_code_is_read_in_any_digits_and_any_spacing(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)
    arabic = code_in(platform.notices[0]).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    check(scene, sent, f" {arabic[:3]}-{arabic[3:]} ")

    assert scene.order_by_code()


def test_the_fifth_wrong_try_ends_a_code(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)
    right = code_in(platform.notices[0])
    wrong = f"{(int(right) + 1) % 10**8:08d}"

    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"try {left} more"):
            check(scene, sent, wrong)
    with pytest.raises(Refused, match="no longer works"):
        check(scene, sent, wrong)
    with pytest.raises(Refused, match="no longer works"):
        check(scene, sent, right)


def test_a_code_works_for_fifteen_minutes_and_not_a_second_longer(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)
    scene.later(minutes=15)

    with pytest.raises(Refused, match="no longer works"):
        check(scene, sent, code_in(platform.notices[0]))


def test_a_code_works_once(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)
    check(scene, sent, code_in(platform.notices[0]))

    with pytest.raises(Refused, match="no longer works"):
        check(scene, sent, code_in(platform.notices[0]))


def test_a_code_is_bound_to_its_account(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)
    elsewhere = AccountRef("juniper-square", "victors.target")

    with pytest.raises(Refused, match="not the code"):
        check(scene, sent, code_in(platform.notices[0]), account=elsewhere)
    with pytest.raises(Refused):
        scene.order_by_code(account=elsewhere)


def test_a_code_is_bound_to_its_act(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)

    with pytest.raises(Refused, match="not the code"):
        check(scene, sent, code_in(platform.notices[0]), bundle=Bundle.HIDE)


def test_a_code_is_bound_to_its_case(scene: Scene, platform: FakePlatform) -> None:
    sent = send(scene)

    with pytest.raises(NotAllowed):
        check(scene, sent, code_in(platform.notices[0]), case_id=OTHER_CASE)
    other = Opened(OTHER_CASE, b"o" * 32)
    with pytest.raises(NotAllowed):
        check(scene, sent, code_in(platform.notices[0]), envelope=other)


def test_a_code_alone_is_not_sent_for_hiding(scene: Scene) -> None:
    with pytest.raises(Refused, match="person must check"):
        send(scene, bundle=Bundle.HIDE)


def test_a_partner_sends_no_code(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        send(scene, by=BY_TOMAS)


def test_a_case_sends_three_codes_an_hour(scene: Scene, platform: FakePlatform) -> None:
    for number in range(3):
        send(scene, account=another_account(number))

    with pytest.raises(Refused, match="this hour"):
        send(scene, account=another_account(3))
    assert len(platform.notices) == 3


def test_codes_that_are_still_under_way_count_too(scene: Scene, platform: FakePlatform) -> None:
    def ask_for_another_meanwhile() -> None:
        with suppress(Refused):
            send(scene, account=another_account(len(platform.notices) + AccountCode.objects.count()))

    platform.before_act = ask_for_another_meanwhile

    send(scene)

    assert len(platform.notices) == 3
    assert AccountCode.objects.count() == 3


def test_an_account_is_not_flooded_from_many_cases(scene: Scene) -> None:
    for number in range(5):
        send(scene, case_id=type(CASE)(int=number + 1, version=4))

    with pytest.raises(Refused, match="today"):
        send(scene, case_id=OTHER_CASE)
    scene.later(days=1)
    send(scene, case_id=OTHER_CASE)


@pytest.mark.parametrize("written", [THE_HANDLE.upper(), f"@{THE_HANDLE}", f" @@ {THE_HANDLE} "])
def test_one_account_written_in_many_ways_is_one(scene: Scene, written: str) -> None:
    for number in range(5):
        send(scene, case_id=type(CASE)(int=number + 1, version=4))

    with pytest.raises(Refused, match="today"):
        send(scene, case_id=OTHER_CASE, account=AccountRef("juniper-square", written))


def test_one_case_leaves_codes_of_the_day_to_the_owner(scene: Scene) -> None:
    send(scene)
    send(scene, account=AccountRef("juniper-square", f"@{THE_HANDLE}"))

    with pytest.raises(Refused, match="today"):
        send(scene)
    send(scene, case_id=OTHER_CASE)


@pytest.mark.parametrize("fault", ["silent", "refusing"])
def test_a_code_that_could_not_be_sent_is_not_pretended(scene: Scene, platform: FakePlatform, fault: str) -> None:
    setattr(platform, fault, True)

    with pytest.raises(Unavailable, match="could not be sent"):
        send(scene)

    assert AccountCode.objects.get().spent
    assert "account.code-sent" not in [entry.action for entry in audit.entries_for(CASE)]


def test_a_code_alone_ends_sessions_and_locks_for_seventy_two_hours(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()

    services.carry_out()

    assert scene.statuses(order) == {
        "account.lock": "done-and-checked",
        "sessions.revoke": "done-and-checked",
        "tokens.revoke": "done-and-checked",
        "credentials.freeze": "held",
        "contact.freeze": "held",
        "notice.send": "sent",
    }
    assert platform.locked_until is not None
    assert (platform.locked_until - scene.time).total_seconds() == 72 * 3600


NEEDED = [Capability.ACCOUNT_LOCK_UNTIL, Capability.ACCOUNT_LOCK_HISTORY]


@pytest.mark.parametrize("lacking", NEEDED)
def test_where_a_code_locks_nothing_none_is_sent(scene: Scene, platform: FakePlatform, lacking: Capability) -> None:
    platform.offered -= {lacking}

    with pytest.raises(Refused, match="a code locks nothing there"):
        send(scene)

    assert platform.notices == []


@pytest.mark.parametrize("lacking", NEEDED)
def test_where_a_code_locks_nothing_nothing_is_ordered_on_one(
    scene: Scene, platform: FakePlatform, lacking: Capability
) -> None:
    scene.prove_by_code(platform)
    platform.offered -= {lacking}
    shown = services.cost_of(Bundle.SECURE_NOW, AMINAS_ACCOUNT).shown

    for by in (BY_AMINA, BY_INES):
        with pytest.raises(Refused, match="a code alone locks nothing there"):
            scene.order_by_code(by=by, cost_shown=shown)


def test_nothing_that_does_not_come_back_is_done_before_a_lock_that_waits(scene: Scene, platform: FakePlatform) -> None:
    scene.prove_by_code(platform)
    order = scene.order_by_code()
    platform.offered -= {Capability.ACCOUNT_LOCK_UNTIL, Capability.CONTACT_FREEZE}

    services.carry_out()

    assert set(scene.statuses(order).values()) == {"held", "not-done"}
    assert platform.performed[1:] == []  # the code alone was sent
    assert scene.statuses(order)["contact.freeze"] == "not-done"  # no person could do it either
    assert scene.view(order).lapses_at is None


@pytest.mark.parametrize("days", [1, -1])
def test_a_code_does_not_wait_for_a_clock_that_jumped(scene: Scene, platform: FakePlatform, days: int) -> None:
    sent = send(scene)
    scene.later(days=days)

    with pytest.raises(Refused):
        check(scene, sent, code_in(platform.notices[0]))
