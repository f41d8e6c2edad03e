"""How long a closed case is kept, what keeps it longer, and who may end it sooner."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from safeconduct.domains.cases.rules.decisions import Outcome
from safeconduct.kernel.errors import Refused

# Six months in which a decision can be appealed against, and the time in which an appeal is decided.
SHORTEST = timedelta(days=200)
LONGEST = timedelta(days=3650)
# Child-abuse material: what was told to the body that the law names is kept for it, in several countries a year.
DEFAULTS: Mapping[Outcome, timedelta] = {
    Outcome.PROTECTED: timedelta(days=400),
    Outcome.ADVISED: timedelta(days=400),
    Outcome.NO_ACTION: timedelta(days=400),
    Outcome.NOT_ABOUT_A_DEFENDER: timedelta(days=200),
    Outcome.CHILD_ABUSE: timedelta(days=400),
}
# So that one person alone never keeps a case from week to week.
ASKED_AGAIN_AFTER = timedelta(days=30)
# A hold that nobody has agreed to protects for so long, so that nothing goes while the second person is asked.
ASKED_HOLDS_FOR = timedelta(days=7)
LONGEST_HOLD = timedelta(days=366)
# The oldest backup there may be. An erasure is complete when the last backup made before it is gone.
BACKUPS_LAST = timedelta(days=30)


def periods_from(text: str) -> dict[Outcome, timedelta]:
    """Return how long each outcome is kept, by words such as ``protected=400, no-action=200``; the rest by default."""
    said = dict(_pair(part) for part in text.split(",") if part.strip())
    return {**DEFAULTS, **said}


def _pair(part: str) -> tuple[Outcome, timedelta]:
    word, _equals, days = (each.strip() for each in part.partition("="))
    if word not in {each.value for each in DEFAULTS} or not days.isdecimal():
        known = ", ".join(each.value for each in DEFAULTS)
        raise Refused(
            "keeping.words", f"SAFECONDUCT_KEEP does not understand '{part.strip()}'. Write OUTCOME=DAYS: {known}."
        )
    period = timedelta(days=int(days))
    if not SHORTEST <= period <= LONGEST:
        sentence = (
            f"SAFECONDUCT_KEEP: {word} must be kept from {SHORTEST.days} days, "
            f"so that an appeal finds it, to {LONGEST.days}."
        )
        raise Refused("keeping.period", sentence)
    return Outcome(word), period


def erased_on(closed_on: date, outcome: Outcome, periods: Mapping[Outcome, timedelta]) -> date:
    """Return the day on which a case closed then is due to be erased, if nothing keeps it longer."""
    return closed_on + periods.get(outcome, max(periods.values()))


def complete_on(erased: date) -> date:
    """Return the day on which the last backup that could still hold it must be gone."""
    return erased + BACKUPS_LAST


def holds(*, asked_on: date, agreed: bool, ended: bool, today: date) -> bool:
    """Answer whether a hold protects a case today. Its day of review ends no hold: only a person does."""
    return not ended and (agreed or today < asked_on + ASKED_HOLDS_FOR)


def check_review_day(review_on: date, today: date) -> None:
    """Refuse a hold that would be looked at again never, or only after a year."""
    if not today < review_on <= today + LONGEST_HOLD:
        sentence = "Choose a day within the next twelve months on which somebody looks at this hold again."
        raise Refused("hold.review-day", sentence)


def check_not_asked_lately(asked_on: date | None, today: date) -> None:
    """Refuse the same person who asked a short while ago and found nobody to agree."""
    if asked_on is not None and today < asked_on + ASKED_AGAIN_AFTER:
        sentence = "You asked for this less than thirty days ago and nobody agreed. Somebody else can ask for it."
        raise Refused("hold.asked-lately", sentence)


def check_reason(reason: str) -> None:
    """Refuse to keep or to end without saying why."""
    if not reason.strip():
        raise Refused("keeping.reason", "Write why, in one or two sentences.")


def check_lifted_alone(*, agreed: bool, asked_by_me: bool, a_lead: bool) -> None:
    """Refuse that one person ends what two agreed to, or that somebody who does not lead ends another's wish."""
    if agreed:
        sentence = "Two people agreed to this hold, so two lift it. Ask that it is lifted; somebody else agrees."
        raise Refused("hold.two-lift", sentence)
    if not (asked_by_me or a_lead):
        raise Refused("hold.lead-lifts", "Only a lead ends a hold that somebody else asked for. Ask a lead.")


def check_two(asked_by: UUID, agreed_by: UUID, *, a_lead: bool) -> None:
    """Refuse one person alone, and two of whom none leads."""
    if asked_by == agreed_by:
        raise Refused("keeping.same-person", "Somebody else must agree to what you asked for yourself.")
    if not a_lead:
        raise Refused("keeping.no-lead", "One of the two must be a lead. Ask a lead to agree.")


def check_still_waits(asked_on: date, today: date) -> None:
    """Refuse to agree to what stopped protecting meanwhile: it may be about a case that has changed since."""
    if today >= asked_on + ASKED_HOLDS_FOR:
        raise Refused(
            "keeping.lapsed", "This was asked more than a week ago and holds nothing any more. Ask for it anew."
        )


def check_erasable(*, closed: bool, held: bool, needed: bool) -> None:
    """Refuse to erase what is open, held, or still needed for somebody's appeal or remedy."""
    if not closed:
        raise Refused("erasing.open", "Only a closed case is erased. Close it first.")
    if held:
        raise Refused("erasing.held", "A hold protects this case. Lift the hold first, if nothing speaks against it.")
    if needed:
        sentence = "An appeal or a promised remedy still needs this case. It can be erased once that has ended."
        raise Refused("erasing.needed", sentence)
