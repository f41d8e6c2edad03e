"""Replacing a password, and seeing that the new one opens: the only read-back there is for one."""

from safeconduct.connectors.synapse.admin import Admin, part, text_of
from safeconduct.connectors.synapse.paths import ADMIN_V1, ADMIN_V2, CLIENT
from safeconduct.kernel.errors import Refused

REPLACED = "replaced"
PASSWORD = "m.login.password"  # noqa: S105 - the name of a way to sign in
_RIGHT_BUT_LOCKED = "matrix.M_USER_LOCKED"
_WRONG = "matrix.M_FORBIDDEN"


def are_used(admin: Admin) -> bool:
    """Tell whether people sign in here with a password at all."""
    flows = admin.call("GET", f"{CLIENT}/login", token="").get("flows")
    return isinstance(flows, list) and any(isinstance(one, dict) and one.get("type") == PASSWORD for one in flows)


def sign_in(admin: Admin, user: str, words: str, *, label: str) -> str:
    """Sign an account in on a new device, and return its access token."""
    identifier = {"type": "m.id.user", "user": user}
    body = {"type": PASSWORD, "identifier": identifier, "password": words, "initial_device_display_name": label}
    return text_of(admin.call("POST", f"{CLIENT}/login", body, token=""), "access_token")


def replace(admin: Admin, name: str, words: str) -> None:
    """Set a new password and end every session."""
    admin.call("POST", f"{ADMIN_V1}/reset_password/{part(name)}", {"new_password": words, "logout_devices": True})


def opens(admin: Admin, name: str, words: str) -> bool | None:
    """Tell whether these words open the account, by signing in and out again; ``None`` where that cannot be seen."""
    body = {"type": PASSWORD, "identifier": {"type": "m.id.user", "user": name}, "password": words}
    try:
        answer = admin.call("POST", f"{CLIENT}/login", body, token="")
    except Refused as fault:
        # The homeserver looks at the password before it looks at the lock.
        return {_RIGHT_BUT_LOCKED: True, _WRONG: False}.get(fault.code)
    admin.call("DELETE", f"{ADMIN_V2}/users/{part(name)}/devices/{part(text_of(answer, 'device_id'))}")
    return True
