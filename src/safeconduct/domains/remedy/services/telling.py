"""What is said to the person acted on, and that something waits to a partner: never a word too much."""

from functools import partial

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import handed_on, review
from safeconduct.domains.partners import services as bells
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.papers import TOLD
from safeconduct.domains.remedy.rules import Side, check_tells_nothing
from safeconduct.vault import Opened


def check_words_to_acted_on(appeal: Appeal, words: str, inside: Desk) -> None:
    """Refuse words that tell too much, measured against the whole case that the review opens."""
    kept = handed_on.kept_from_acted_on(appeal.case_id, inside.ring)
    check_tells_nothing(words, protected=kept.protected, reported=kept.said)


def tell_partner(appeal: Appeal, opened: Opened, inside: Desk) -> None:
    """Let the bell of a partner that appeals say, once this stands, that something waits for them. It says no more."""
    if TOLD.read(appeal.sealed, opened, appeal.id).side is not Side.PARTNER:
        return
    views = review.case_under_review(appeal.case_id, inside.ring).conversations
    for name in {view.partner_name for view in views if view.report_id == appeal.report_id and view.partner_name}:
        transaction.on_commit(partial(bells.ring_bell, name))
