"""What the rules refuse a partner with is said in the partner's language."""

from safeconduct.web.console.refusals import SENTENCES
from safeconduct.web.partner.refusals import PARTNER_SENTENCES
from tests.web.console.test_refusals import refusals

MET_BY_PARTNERS = (
    "account.",
    "appeal.nothing-",
    "appeal.too-late",
    "appeal.under-way",
    "channel.closed",
    "door.full",
    "form.",
    "message.",
    "partner.no-terms",
    "partner.not-signed",
    "partner.unsigned",
    "report.not-kept",
)


def test_every_sentence_that_a_partner_may_meet_is_marked_for_translators() -> None:
    said = {sentence for code, sentence in refusals("domains", "web/partner") if code.startswith(MET_BY_PARTNERS)}

    assert said - PARTNER_SENTENCES - SENTENCES == set()
    assert len(said) > 10
