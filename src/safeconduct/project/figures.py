"""What may be watched: clocks, queues, rounds and the record, as Prometheus' plain text. No person, case or country.

Counts of people's matters are rounded up to tens, so that no one report can be seen to come; whether a clock is late or
a page unanswered is a yes or a no.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connection

from safeconduct.accounts import queries as accounts
from safeconduct.audit import following
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.early_warning import queries as early_warning
from safeconduct.jobs import standing
from safeconduct.kernel import clock

STEP = 10
MINUTE = 60


@dataclass(frozen=True)
class Figure:
    """One figure with its samples: labels as they are written, and a value."""

    name: str
    help: str
    samples: tuple[tuple[str, float], ...]
    kind: str = "gauge"

    def lines(self) -> Iterator[str]:
        """Yield it as Prometheus reads it."""
        yield f"# HELP safeconduct_{self.name} {self.help}"
        yield f"# TYPE safeconduct_{self.name} {self.kind}"
        for labels, value in self.samples:
            yield f"safeconduct_{self.name}{labels} {value:.10g}"


def rounded(count: int) -> int:
    """Return the next ten: what is between one and ten cannot be told apart."""
    return -(-count // STEP) * STEP


def written() -> str:
    """Return every figure as text."""
    found = [*_work(), *_record(), *_rounds()]
    return "\n".join([line for figure in found for line in figure.lines()] + [""])


def _work() -> Iterator[Figure]:
    now = cases.load()
    yield _one("cases_open", "Cases that are not closed, rounded up to tens.", rounded(now.cases))
    yield _one("cases_untaken", "Open cases that nobody has taken, rounded up to tens.", rounded(now.untaken))
    yield _one("clocks_late", "1 while the clock of any case is late.", bool(now.late))
    yield _one("clocks_late_cases", "Open cases whose clock is late, rounded up to tens.", rounded(now.late))
    yield _one("pages_unanswered", "1 while anybody was called and nobody has said that they have it.", bool(now.pages))
    yield _one("helpdesk_waiting", "1 while the helpdesk has not taken a link record.", bool(now.untold))
    yield _one("channel_open", "1 while reports are let in.", now.channel_open)
    yield _one("pager_tested", "1 while a trial page arrived within 30 days.", now.pager_tested)
    asleep = early_warning.state_of_index().until is None
    yield _one("index_asleep", "1 while the index of accounts is asleep in every process, or there is none.", asleep)
    yield _one("leads_without_provider", "Leads who can sign in without a provider.", accounts.leads_without_provider())


def _record() -> Iterator[Figure]:
    # Not how many entries there are: each report makes a few, and whoever watches could count them.
    since = following.oldest_waiting()
    waited = (clock.now() - since).total_seconds() if since else 0.0
    # The time of an entry is cut to its minute, so only what is beyond one was surely waited for.
    late = max(0, int(waited // MINUTE) - 1) * MINUTE
    yield _one("record_lag_seconds", "For how long the oldest entry has waited for its place, in whole minutes.", late)


def _rounds() -> Iterator[Figure]:
    known = standing.standings()
    ends = tuple((_label("round", name), one.well_at.timestamp()) for name, one in known.items())
    failures = tuple((_label("round", name), one.failures) for name, one in known.items())
    yield Figure("round_last_success_timestamp_seconds", "When each round of this process last ended well.", ends)
    yield Figure("round_failures_total", "How often each round of this process failed.", failures, "counter")


def what_is_wrong() -> list[str]:
    """Return what keeps this process from doing its work, by short words; empty when it is well."""
    now = clock.now()
    late = [f"round {name}" for name, one in standing.standings().items() if one.late(now)]
    return late if _database_answers() else ["database", *late]


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _one(name: str, says: str, value: float, *, kind: str = "gauge") -> Figure:
    return Figure(name, says, (("", value),), kind)


def _label(name: str, value: str) -> str:
    return f'{{{name}="{value}"}}'
