"""Facts that accounts announces after commit; higher rooms hear them through ``project``."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class KeySuperseded:
    """A person's or a team's key was replaced: envelopes wrapped to ``old_recipient`` wait to be wrapped anew.

    ``queries.superseded_keys()`` says to whom, once the new key is signed.
    """

    old_recipient: UUID


@dataclass(frozen=True)
class MemberRemoved:
    """Someone left. Their sessions are over and their teams have new keys."""

    member_id: UUID


@dataclass(frozen=True)
class KeysShared:
    """Someone was given keys they waited for, so work addressed to them can be wrapped."""

    member_id: UUID
