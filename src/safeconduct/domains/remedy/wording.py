"""The words of a statement of reasons: what the law asks for (DSA, Article 17), and nothing of how we came to look."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _

from safeconduct.domains.remedy.rules import OF_THE_ACCOUNT, Automated, Ground, Restriction, Said, last_day


def statement(said: Said, *, until: datetime, language: str) -> str:
    """Return a whole statement in one language. The code to appeal with is put on it by whoever hands it over."""
    with translation.override(language):
        return "\n\n".join(f"{title}\n{words}" for title, words in _parts(said, until))


def a_reviewer() -> str:
    """Return what a reviewer is called towards the person acted on."""
    return _("A reviewer")


def _parts(said: Said, until: datetime) -> Iterator[tuple[str, str]]:
    yield _("What was done"), f"{_done(said.restriction)} {_to(said)}".strip()
    yield _("Where and for how long"), _where_and_when(said)
    yield _("What was seen"), said.facts.strip()
    yield _("What it breaks"), _ground(said)
    yield _("Whether a machine took part"), _automated(said.automated)
    yield _("If you disagree"), _redress(until)


def _to(said: Said) -> str:
    what = said.what.strip().rstrip(".")
    # The sentence before says already that it is their account.
    said_already = said.restriction in OF_THE_ACCOUNT and what.casefold() in {"", _("your account").casefold()}
    return "" if said_already else _("It concerns: %(what)s.") % {"what": what}


def _done(restriction: Restriction) -> str:
    return {
        Restriction.CONTENT_REMOVED: _("Something you posted was removed."),
        Restriction.CONTENT_DISABLED: _("Something you posted can no longer be seen by others."),
        Restriction.CONTENT_DEMOTED: _("Something you posted is shown to fewer people."),
        Restriction.ACCOUNT_LIMITED: _("What your account can do was limited."),
        Restriction.ACCOUNT_SUSPENDED: _("Your account was suspended."),
        Restriction.ACCOUNT_CLOSED: _("Your account was closed."),
    }[restriction]


def _where_and_when(said: Said) -> str:
    where = said.where.strip() or _("Everywhere on this service.")
    until = said.until.strip()
    return f"{where} {_('Until: %(until)s.') % {'until': until.rstrip('.')} if until else _('Without an end date.')}"


def _ground(said: Said) -> str:
    rule = said.rule.strip().rstrip(".")
    if said.ground is Ground.LAW:
        return _("This is against the law: %(rule)s. Why: what is described above falls under it.") % {"rule": rule}
    return _("This is against our terms: %(rule)s. Why: what is described above falls under it.") % {"rule": rule}


def _automated(part: Automated) -> str:
    return {
        Automated.NONE: _("No. A person looked and a person decided."),
        Automated.FINDING: _("A machine pointed to it. A person looked and decided."),
        Automated.DECIDING: _("A machine took part in deciding. A person looks at it if you appeal."),
    }[part]


def _redress(until: datetime) -> str:
    return _(
        "You can appeal, free of charge, until %(day)s. Open the help page of this service, choose to go back to a "
        "case, and type the numbers below. Somebody who had nothing to do with this decision looks at it. You can also "
        "turn to an out-of-court body for settling disputes, or to a court. You give up no right by appealing."
    ) % {"day": formats.date_format(last_day(until), "j F Y")}
