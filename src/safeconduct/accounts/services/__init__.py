"""Everything that changes people, keys, the roster and sessions."""

from safeconduct.accounts.services.benches import begin_benches, make_benches
from safeconduct.accounts.services.custodians import (
    bar_whoever_is_out,
    custodian_fingerprint,
    pin_custodian,
    unpin_custodian,
)
from safeconduct.accounts.services.demonstration import enter_as
from safeconduct.accounts.services.founding import (
    check_founders,
    check_not_founded,
    found_programme,
    founding_undone_on_failure,
)
from safeconduct.accounts.services.introductions import (
    greet,
    introduction_in,
    keep_introduction,
    link_provider,
    to_unlock,
    unlink_provider,
    unlock,
)
from safeconduct.accounts.services.invitations import accept_invitation, invite_member, replace_lost_passphrase
from safeconduct.accounts.services.own_sessions import end_other_sessions, end_own_session
from safeconduct.accounts.services.paper import make_cards
from safeconduct.accounts.services.passkeys import add_passkey, remove_passkey
from safeconduct.accounts.services.putting_out import UNREADABLE, Agreement, needs_custodian
from safeconduct.accounts.services.removal import remove_member
from safeconduct.accounts.services.restoring import Restored, check_may_type, restore_team
from safeconduct.accounts.services.sessions import (
    end_session,
    end_sessions_of,
    forget_old_sessions,
    joining_secret,
    open_joining,
    open_way_in,
    session_from,
)
from safeconduct.accounts.services.sign_in import refuse_wrong_code, sign_in
from safeconduct.accounts.services.signing import sign_roster
from safeconduct.accounts.services.teams import (
    forget_superseded,
    join_team,
    make_team,
    plan_teams,
    rekey_team,
    share_team_keys,
)
from safeconduct.accounts.services.time_zones import keep_time_zone
from safeconduct.accounts.values import Desk, NewSession, WayIn

__all__ = [
    "UNREADABLE",
    "Agreement",
    "Desk",
    "NewSession",
    "Restored",
    "WayIn",
    "accept_invitation",
    "add_passkey",
    "bar_whoever_is_out",
    "begin_benches",
    "check_founders",
    "check_may_type",
    "check_not_founded",
    "custodian_fingerprint",
    "end_other_sessions",
    "end_own_session",
    "end_session",
    "end_sessions_of",
    "enter_as",
    "forget_old_sessions",
    "forget_superseded",
    "found_programme",
    "founding_undone_on_failure",
    "greet",
    "introduction_in",
    "invite_member",
    "join_team",
    "joining_secret",
    "keep_introduction",
    "keep_time_zone",
    "link_provider",
    "make_benches",
    "make_cards",
    "make_team",
    "needs_custodian",
    "open_joining",
    "open_way_in",
    "pin_custodian",
    "plan_teams",
    "refuse_wrong_code",
    "rekey_team",
    "remove_member",
    "remove_passkey",
    "replace_lost_passphrase",
    "restore_team",
    "session_from",
    "share_team_keys",
    "sign_in",
    "sign_roster",
    "to_unlock",
    "unlink_provider",
    "unlock",
    "unpin_custodian",
]
