"""A code sent to an account: whoever types it controls the account. It proves that, and nothing more."""

import hmac
import secrets
import unicodedata
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record
from safeconduct.connectors.port import AccountRef, ActKind, ActOrder, Result
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.safety import notices, rules
from safeconduct.domains.safety.limits import codes_today
from safeconduct.domains.safety.models import AccountCode
from safeconduct.domains.safety.records import CODE, CodeKept
from safeconduct.domains.safety.rules import Bundle, By, GivenProof, Proof, WhoElse
from safeconduct.domains.safety.sealing import place_of
from safeconduct.domains.safety.services.costs import locks_by_code
from safeconduct.domains.safety.services.proofs import keep
from safeconduct.domains.safety.views import CodeSent
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Opened

_DIGITS = 8


def send_code(
    *,
    case_id: UUID,
    envelope: Opened,
    account: AccountRef,
    bundle: Bundle,
    who_else_sees: WhoElse,
    by: Actor,
    language: str = "en",
) -> CodeSent:
    """Send a code to the account, bound to this case, account and act. Nothing is sent where others may read it."""
    _check_sending(case_id, bundle, who_else_sees, by)
    _check_platform(account)
    codes_today.count(account, by=case_id)
    kept = CodeKept(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}", account, bundle, clock.now())
    code_id = _reserve(case_id, envelope, kept)
    try:
        _send(kept, language)
    except Unavailable:
        _spend(code_id)
        raise
    with transaction.atomic():
        record(by, "account.code-sent", case_id)
    return CodeSent(code_id, kept.at + rules.CODE_LASTS)


def check_code(
    *,
    code_id: UUID,
    case_id: UUID,
    envelope: Opened,
    account: AccountRef,
    bundle: Bundle,
    typed: str,
    by: Actor,
) -> None:
    """Record the proof if the typed code is right; refuse otherwise, for good after five tries or fifteen minutes."""
    tries_left = _try_code(code_id, case_id, envelope, CodeKept(_digits(typed), account, bundle, clock.now()), by)
    if tries_left is None:
        return
    if tries_left == 0:
        raise Refused("code.over", "This code no longer works. Ask for a new one, or let a person check.")
    sentence = f"That is not the code. You can try {tries_left} more times. Nothing was changed."
    raise Refused("code.wrong", sentence)


def _check_sending(case_id: UUID, bundle: Bundle, who_else_sees: WhoElse, by: Actor) -> None:
    if rules.part_of(by) is By.PARTNER:
        raise NotAllowed
    if not rules.may_send_to_account(who_else_sees):
        raise Refused(
            "code.unsafe",
            "Someone else may read what we send to this account, so we send nothing. A person will check.",
        )
    rules.check_leave(rules.what_may_be_done({Proof.CODE}, who_else_sees, rules.part_of(by)), bundle)
    _check_hour(case_id, most=rules.CODES_AN_HOUR - 1)


def _check_platform(account: AccountRef) -> None:
    try:
        offered = connector_for(account.platform).capabilities()
    except Unavailable:
        return  # Sending says so, in its own words.
    if not locks_by_code(offered):
        sentence = "This platform cannot end a lock by itself, so a code locks nothing there. Ask a person to do it."
        raise Refused("code.not-enough", sentence)


def _check_hour(case_id: UUID, *, most: int) -> None:
    since = clock.now() - timedelta(hours=1)
    if AccountCode.objects.filter(case_id=case_id, sent_at__gt=since).count() > most:
        raise Refused("code.too-many", "No more codes can be sent in this hour. Wait, or let a person check.")


def _reserve(case_id: UUID, envelope: Opened, kept: CodeKept) -> UUID:
    """Keep the code before it is sent, so that those under way count towards the hour too."""
    code_id = _keep_code(case_id, envelope, kept)
    try:
        # Counted again once it stands: of several at once, the last sees all the others, on any database.
        _check_hour(case_id, most=rules.CODES_AN_HOUR)
    except Refused:
        with transaction.atomic():
            AccountCode.objects.filter(pk=code_id).delete()
        raise
    return code_id


def _send(kept: CodeKept, language: str) -> None:
    words = notices.words_of_code(kept.code, language=language)
    order = ActOrder(act=ActKind.NOTICE_SEND, handle=kept.account.handle, key=new_id(), words=words)
    if connector_for(kept.account.platform).perform(order).result is Result.NOT_DONE:
        raise Unavailable(
            "code.not-sent", "The code could not be sent. Nothing was changed. Try again, or let a person check."
        )


# Durable: inside somebody's larger transaction nobody else would see it in time.
@transaction.atomic(durable=True)
def _keep_code(case_id: UUID, envelope: Opened, kept: CodeKept) -> UUID:
    code_id = new_id()
    AccountCode.objects.create(
        id=code_id,
        case_id=case_id,
        envelope_id=envelope.id,
        sent_at=clock.this_minute(),
        sealed=envelope.seal(CODE.dump_json(kept), place_of("accountcode", code_id, "sealed")),
    )
    return code_id


@transaction.atomic
def _spend(code_id: UUID) -> None:
    AccountCode.objects.filter(pk=code_id).update(spent=True)


# Durable: inside somebody's larger transaction a refusal would take the counted try back.
@transaction.atomic(durable=True)
def _try_code(code_id: UUID, case_id: UUID, envelope: Opened, typed: CodeKept, by: Actor) -> int | None:
    """Return how many tries are left, or ``None`` if the code was right. The try is counted whatever follows."""
    row = AccountCode.objects.select_for_update().filter(pk=code_id, case_id=case_id, envelope_id=envelope.id).first()
    if row is None:
        raise NotAllowed
    kept = CODE.validate_json(envelope.read(bytes(row.sealed), place_of("accountcode", code_id, "sealed")))
    # Either way: a code sent while the clock ran ahead must not work until it has caught up.
    if row.spent or abs(typed.at - kept.at) >= rules.CODE_LASTS:
        return 0
    row.tries += 1
    right = _same(kept, typed)
    row.spent = right or row.tries >= rules.CODE_TRIES
    row.save(update_fields=["tries", "spent"])
    record(by, "account.code-right" if right else "account.code-wrong", case_id)
    if not right:
        return rules.CODE_TRIES - row.tries
    proof = GivenProof(Proof.CODE, typed.at, bundle=kept.bundle)
    keep(case_id, envelope=envelope, account=kept.account, proof=proof, reason="")
    return None


def _same(kept: CodeKept, typed: CodeKept) -> bool:
    same_code = hmac.compare_digest(kept.code.encode(), typed.code.encode())
    return same_code and kept.account == typed.account and kept.bundle is typed.bundle


def _digits(typed: str) -> str:
    """Return the digits of any script, without what people put between them."""
    return "".join(str(unicodedata.digit(sign)) for sign in typed if unicodedata.digit(sign, None) is not None)
