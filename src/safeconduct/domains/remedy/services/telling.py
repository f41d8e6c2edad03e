"""What is said to the person acted on: never a word that shows a report, or whom we protect."""

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import review as cases
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.rules import check_tells_nothing


def check_words_to_acted_on(appeal: Appeal, words: str, inside: Desk) -> None:
    """Refuse words that tell too much, measured against the whole case that the review opens."""
    kept = cases.kept_from_acted_on(appeal.case_id, inside.ring)
    check_tells_nothing(words, protected=kept.protected, reported=kept.said)
