"""What a homeserver tells us of by itself: events, as an appservice, and log-ins, as its spam checker's listener.

Both are off until an operator sets them up. Nothing is kept here: what was heard goes to whoever subscribed.

- Events: every event of the rooms on the homeserver, as its own clients get it. Encrypted ones are ciphertext.
- Log-ins: which account signed in, when, and what its device calls itself. The address it came from, which the
  homeserver sends along, is dropped unread. A log-in is never held up: every answer lets it pass.
"""

import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from safeconduct.connectors.incoming import Happening, Happenings, Knock, Reply
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id

TRANSACTIONS = "/_matrix/app/v1/transactions/"
PING = "/_matrix/app/v1/ping"
LOGINS = "/check_login_for_spam"
REMEMBERED = 1000
_REFUSED = Reply(403, b'{"errcode": "M_FORBIDDEN"}')
_UNKNOWN = Reply(404, b'{"errcode": "M_UNRECOGNIZED"}')
_BAD = Reply(400, b'{"errcode": "M_BAD_JSON"}')
Tell = Callable[[Happenings], None]


@dataclass(frozen=True)
class Hearing:
    """What an operator set up: the token that the homeserver shows us, and whether it may tell us of log-ins."""

    token: str = field(repr=False)
    logins: bool = False
    seen: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED), repr=False, compare=False)


def hear(hearing: Hearing, platform: str, knock: Knock, tell: Tell) -> Reply:
    """Answer one request of the homeserver's, once ``tell`` has taken what it told us."""
    if not hmac.compare_digest(knock.token.encode(), hearing.token.encode()):
        return _REFUSED
    if knock.path.startswith(TRANSACTIONS) and knock.method == "PUT":
        return _transaction(hearing, platform, knock, tell)
    if knock.path == LOGINS and knock.method == "POST":
        return _login(hearing, platform, knock, tell)
    return Reply() if knock.path == PING else _UNKNOWN


def _transaction(hearing: Hearing, platform: str, knock: Knock, tell: Tell) -> Reply:
    number = knock.path.removeprefix(TRANSACTIONS)
    if number in hearing.seen:
        # Our answer was lost; they send it again until they have one.
        return Reply()
    events = _object(knock.read()).get("events")
    if not isinstance(events, list):
        return _BAD
    tell(Happenings(platform, tuple(_event(one) for one in events if isinstance(one, dict))))
    hearing.seen.append(number)
    return Reply()


def _event(event: dict[str, Any]) -> Happening:
    return Happening(
        id=str(event.get("event_id", "")),
        kind=str(event.get("type", "")),
        at=_sent(event.get("origin_server_ts")),
        account=str(event.get("sender", "")),
        place=str(event.get("room_id", "")),
        content=json.dumps(event.get("content", {}), ensure_ascii=False),
    )


def _sent(stamp: object) -> datetime:
    try:
        return datetime.fromtimestamp(stamp / 1000, UTC) if isinstance(stamp, int) else clock.now()
    except (ValueError, OverflowError, OSError):
        # Any server of the federation writes what it likes here. Failing would have the event sent again for ever.
        return clock.now()


def _login(hearing: Hearing, platform: str, knock: Knock, tell: Tell) -> Reply:
    told = _object(knock.read())
    account = told.get("user_id")
    if hearing.logins and isinstance(account, str):
        login = Happening(id=str(new_id()), kind="login", at=clock.now(), account=account, content=_device(told))
        tell(Happenings(platform, (login,)))
    return Reply()


def _device(told: dict[str, Any]) -> str:
    # Each is a pair of what the device calls itself and the address it came from; the address is left behind here.
    seen = told.get("request_info")
    pairs = [one for one in seen if isinstance(one, list) and one] if isinstance(seen, list) else []
    return str(pairs[-1][0]) if pairs else ""


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
