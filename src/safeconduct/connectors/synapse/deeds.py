"""What one kind of act is made of on Matrix. Each file of deeds supplies some; ``calls`` lists them all."""

from collections.abc import Callable
from dataclasses import dataclass

from safeconduct.connectors.calls import Sent
from safeconduct.connectors.port import ActOrder
from safeconduct.connectors.synapse.admin import Admin


@dataclass(frozen=True)
class Desk:
    """What a deed works with: the open line, our own account there, and the full name of the account acted on."""

    admin: Admin
    own_name: str
    name: str


Do = Callable[[Desk, ActOrder], Sent]
Look = Callable[[Desk, ActOrder, str], bool | None]


@dataclass(frozen=True)
class Deed:
    """``do`` acts, or rehearses on a dry run; ``looks`` tells whether it is so, where the account's facts cannot."""

    do: Do
    looks: Look | None = None
