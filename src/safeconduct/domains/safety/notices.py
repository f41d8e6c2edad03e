"""The words that are sent to an account. They name no case, no organisation and no link, and anyone may read them."""

from django.utils import translation
from django.utils.translation import gettext

from safeconduct.domains.safety.rules import Bundle


def words_of_notice(bundle: Bundle, *, language: str) -> str:
    """Return what the owner of the account reads after an act, whoever asked for it."""
    with translation.override(language):
        return (
            _done(bundle)
            + " "
            + gettext(
                "This is not a penalty. Was it not you? Contest it: open the help page of this service yourself and "
                "say that you did not ask for it. We never send links.",
            )
        )


def _done(bundle: Bundle) -> str:
    if bundle is Bundle.HIDE:
        return gettext("Someone who says that this account is theirs asked us to hide it.")
    return gettext("Someone who says that this account is theirs asked us to secure it.")


def words_of_code(code: str, *, language: str) -> str:
    """Return the message that carries a code. It does not say what the code is for."""
    with translation.override(language):
        return gettext(
            "Your code is %(code)s. It works for 15 minutes. If you did not ask for a code, you need do nothing.",
        ) % {"code": f"{code[:4]} {code[4:]}"}
