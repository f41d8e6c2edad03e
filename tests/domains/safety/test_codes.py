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
    BY_TOMAS,
    CASE,
    OTHER_CASE,
    Hands,
    code_in,
)
from tests.domains.safety.platform import THE_HANDLE, FakePlatform


def bound(hands: Hands, **changes: Any) -> dict[str, Any]:
    return {
        "case_id": CASE,
        "envelope": hands.envelope,
        "account": AMINAS_ACCOUNT,
        "bundle": Bundle.SECURE_NOW,
        "by": BY_AMINA,
    } | changes


def send(hands: Hands, **changes: Any) -> CodeSent:
    return services.send_code(**(bound(hands) | {"who_else_sees": WhoElse.NOBODY} | changes))


def another_account(number: int) -> AccountRef:
    return AccountRef("juniper-square", f"harbour.{number}")


def check(hands: Hands, sent: CodeSent, typed: str, **changes: Any) -> None:
    services.check_code(**bound(hands, **changes), code_id=sent.code_id, typed=typed)


@pytest.mark.parametrize("who", [WhoElse.SOMEONE, WhoElse.UNKNOWN])
def test_nothing_is_sent_to_an_account_that_others_may_see(hands: Hands, platform: FakePlatform, who: WhoElse) -> None:
    with pytest.raises(Refused, match="we send nothing"):
        send(hands, who_else_sees=who)

    assert not platform.performed


def test_the_words_are_neutral(hands: Hands, platform: FakePlatform) -> None:
    send(hands)

    words = platform.notices[0].lower()
    for telling in ("safeconduct", "report", "case", "defender", "human rights", "lock", "secure", "http", "danger"):
        assert telling not in words


def test_the_words_come_in_the_language_asked_for(hands: Hands, platform: FakePlatform) -> None:
    send(hands, language="ar")

    assert len(code_in(platform.notices[0])) == 8


def test_the_right_code_allows_the_order(hands: Hands, platform: FakePlatform) -> None:
    hands.prove_by_code(platform)

    assert hands.order_by_code()


def test_a_code_is_read_in_any_digits_and_any_spacing(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)
    arabic = code_in(platform.notices[0]).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    check(hands, sent, f" {arabic[:3]}-{arabic[3:]} ")

    assert hands.order_by_code()


def test_the_fifth_wrong_try_ends_a_code(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)
    right = code_in(platform.notices[0])
    wrong = f"{(int(right) + 1) % 10**8:08d}"

    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"try {left} more"):
            check(hands, sent, wrong)
    with pytest.raises(Refused, match="no longer works"):
        check(hands, sent, wrong)
    with pytest.raises(Refused, match="no longer works"):
        check(hands, sent, right)


def test_a_code_works_for_fifteen_minutes_and_not_a_second_longer(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)
    hands.later(minutes=15)

    with pytest.raises(Refused, match="no longer works"):
        check(hands, sent, code_in(platform.notices[0]))


def test_a_code_works_once(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)
    check(hands, sent, code_in(platform.notices[0]))

    with pytest.raises(Refused, match="no longer works"):
        check(hands, sent, code_in(platform.notices[0]))


def test_a_code_is_bound_to_its_account(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)
    elsewhere = AccountRef("juniper-square", "victors.target")

    with pytest.raises(Refused, match="not the code"):
        check(hands, sent, code_in(platform.notices[0]), account=elsewhere)
    with pytest.raises(Refused):
        hands.order_by_code(account=elsewhere)


def test_a_code_is_bound_to_its_act(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)

    with pytest.raises(Refused, match="not the code"):
        check(hands, sent, code_in(platform.notices[0]), bundle=Bundle.HIDE)


def test_a_code_is_bound_to_its_case(hands: Hands, platform: FakePlatform) -> None:
    sent = send(hands)

    with pytest.raises(NotAllowed):
        check(hands, sent, code_in(platform.notices[0]), case_id=OTHER_CASE)
    other = Opened(OTHER_CASE, b"o" * 32)
    with pytest.raises(NotAllowed):
        check(hands, sent, code_in(platform.notices[0]), envelope=other)


def test_a_code_alone_is_not_sent_for_hiding(hands: Hands) -> None:
    with pytest.raises(Refused, match="person must check"):
        send(hands, bundle=Bundle.HIDE)


def test_a_partner_sends_no_code(hands: Hands) -> None:
    with pytest.raises(NotAllowed):
        send(hands, by=BY_TOMAS)


def test_a_case_sends_three_codes_an_hour(hands: Hands, platform: FakePlatform) -> None:
    for number in range(3):
        send(hands, account=another_account(number))

    with pytest.raises(Refused, match="this hour"):
        send(hands, account=another_account(3))
    assert len(platform.notices) == 3


def test_codes_that_are_still_under_way_count_too(hands: Hands, platform: FakePlatform) -> None:
    def ask_for_another_meanwhile() -> None:
        with suppress(Refused):
            send(hands, account=another_account(len(platform.notices) + AccountCode.objects.count()))

    platform.before_act = ask_for_another_meanwhile

    send(hands)

    assert len(platform.notices) == 3
    assert AccountCode.objects.count() == 3


def test_an_account_is_not_flooded_from_many_cases(hands: Hands) -> None:
    for number in range(5):
        send(hands, case_id=type(CASE)(int=number + 1, version=4))

    with pytest.raises(Refused, match="today"):
        send(hands, case_id=OTHER_CASE)
    hands.later(days=1)
    send(hands, case_id=OTHER_CASE)


@pytest.mark.parametrize("written", [THE_HANDLE.upper(), f"@{THE_HANDLE}", f" @@ {THE_HANDLE} "])
def test_one_account_written_in_many_ways_is_one(hands: Hands, written: str) -> None:
    for number in range(5):
        send(hands, case_id=type(CASE)(int=number + 1, version=4))

    with pytest.raises(Refused, match="today"):
        send(hands, case_id=OTHER_CASE, account=AccountRef("juniper-square", written))


def test_one_case_leaves_codes_of_the_day_to_the_owner(hands: Hands) -> None:
    send(hands)
    send(hands, account=AccountRef("juniper-square", f"@{THE_HANDLE}"))

    with pytest.raises(Refused, match="today"):
        send(hands)
    send(hands, case_id=OTHER_CASE)


@pytest.mark.parametrize("fault", ["silent", "refusing"])
def test_a_code_that_could_not_be_sent_is_not_pretended(hands: Hands, platform: FakePlatform, fault: str) -> None:
    setattr(platform, fault, True)

    with pytest.raises(Unavailable, match="could not be sent"):
        send(hands)

    assert AccountCode.objects.get().spent
    assert "account.code-sent" not in [entry.action for entry in audit.entries_for(CASE)]


def test_a_code_alone_ends_sessions_and_locks_for_seventy_two_hours(hands: Hands, platform: FakePlatform) -> None:
    hands.prove_by_code(platform)
    order = hands.order_by_code()

    services.carry_out()

    assert hands.statuses(order) == {
        "account.lock": "done-and-checked",
        "sessions.revoke": "done-and-checked",
        "tokens.revoke": "done-and-checked",
        "credentials.freeze": "held",
        "contact.freeze": "held",
        "notice.send": "sent",
    }
    assert platform.locked_until is not None
    assert (platform.locked_until - hands.time).total_seconds() == 72 * 3600


def test_where_a_lock_cannot_lapse_a_code_alone_locks_nothing(hands: Hands, platform: FakePlatform) -> None:
    platform.offered -= {Capability.ACCOUNT_LOCK_UNTIL}
    hands.prove_by_code(platform)
    order = hands.order_by_code()

    services.carry_out()

    assert hands.statuses(order)["account.lock"] == "held"
    assert hands.statuses(order)["sessions.revoke"] == "done-and-checked"
    assert hands.view(order).lapses_at is None
