"""The verbs of partners: take in, vet, agree, part; tokens for programs; bells that say something is waiting."""

from safeconduct.domains.partners.services.bells import (
    HOOK_KEY_ID,
    deliver_bells,
    ring_bell,
    set_hook,
    unset_hook,
    verify_key_pem,
)
from safeconduct.domains.partners.services.filings import check_filing, forget_old_filings, message_id_of, nonce_of
from safeconduct.domains.partners.services.organisations import (
    agree,
    part_with,
    suspend,
    take_in,
    vet,
)
from safeconduct.domains.partners.services.tokens import make_token, program_of, revoke_token

__all__ = [
    "HOOK_KEY_ID",
    "agree",
    "check_filing",
    "deliver_bells",
    "forget_old_filings",
    "make_token",
    "message_id_of",
    "nonce_of",
    "part_with",
    "program_of",
    "revoke_token",
    "ring_bell",
    "set_hook",
    "suspend",
    "take_in",
    "unset_hook",
    "verify_key_pem",
    "vet",
]
