"""Lets the invented people of a demonstration in, as often as a button is pressed."""

import hmac

from django.conf import settings

from safeconduct.accounts import keys, second_factor
from safeconduct.accounts.models import KeyPair, Member
from safeconduct.accounts.rules import sign_in_word
from safeconduct.accounts.services.sign_in import let_in
from safeconduct.accounts.values import NewSession
from safeconduct.kernel.errors import NotAllowed, Refused


def enter_as(sign_in_name: str, passphrase: str, second_factor_secret: str) -> NewSession:
    """Open a session for someone invented, given all that they know and carry. Uses up no code.

    Whoever holds the secret could make any code; on a real programme only the holder's phone has it, so this refuses.
    """
    if not settings.DEMONSTRATION:
        raise Refused("demonstration.only", "Nobody is let in by a button here. Sign in with words and a code.")
    member = Member.objects.filter(sign_in_name=sign_in_word(sign_in_name), removed_at__isnull=True).first()
    if member is None or not member.sealed_second_factor:
        raise NotAllowed
    kept = second_factor.opened(member.id, bytes(member.sealed_second_factor))
    kek = keys.kek_of(member, passphrase)
    if kek is None or not hmac.compare_digest(kept.encode(), second_factor_secret.encode()):
        raise NotAllowed
    key = KeyPair.objects.get(member=member, superseded_at__isnull=True)
    return let_in(member, keys.opened_seed(key, kek))
