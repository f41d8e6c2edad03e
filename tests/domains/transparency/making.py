"""Invented slips: any number of closed cases, of any kind."""

from collections.abc import Sequence

from hypothesis import strategies as some
from numpy.random import Generator, default_rng

from safeconduct.domains.cases.events import CaseClosed
from safeconduct.domains.cases.rules import Outcome, Threat
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.rules import Conclusion, Lane, Side
from safeconduct.domains.transparency import queries, services
from safeconduct.domains.transparency.rules import AppealSlip, Dimension, Month, Slip, rows_of
from safeconduct.domains.transparency.rules.tables import SHOWN_IN
from safeconduct.domains.transparency.views import Published
from tests.programme import Programme

LANGUAGES = ("en", "ar")


def slip(**changes: object) -> Slip:
    usual = {
        "threat": "T5",
        "region": "western-asia",
        "language": "ar",
        "outcome": "protected",
        "replied_in_time": True,
        "settled_in_time": True,
        "secured": True,
    }
    return Slip(**(usual | changes))  # type: ignore[arg-type] # the fields of Slip, checked by its constructor


def drawn(seed: int, count: int, *, skew: float = 3.0, late: float = 0.2) -> list[Slip]:
    """Draw a period in which a few rows hold most cases, as in life."""
    draw = default_rng(seed)  # the same slips every time
    return [
        Slip(
            *(_one(draw, rows_of(dimension, LANGUAGES), skew) for dimension in SHOWN_IN),
            replied_in_time=bool(draw.random() > late),
            settled_in_time=bool(draw.random() > late * 2),
            secured=bool(draw.random() > 0.5),
        )
        for _ in range(count)
    ]


def _one(draw: Generator, rows: Sequence[str], skew: float) -> str:
    return rows[int(len(rows) * draw.random() ** skew)]


periods = some.builds(
    drawn,
    seed=some.integers(0, 2**32),
    count=some.integers(11, 600),
    skew=some.floats(0.5, 6),
    late=some.floats(0.02, 0.45),
)


def count(number: int, **changes: object) -> None:
    """Let cases of one kind close now, as far as counting them goes."""
    usual = {
        "country": "TR",
        "threats": (Threat.T2,),
        "language": "en",
        "outcome": Outcome.PROTECTED,
        "replied_in_time": True,
        "settled_in_time": True,
        "secured": False,
        "acts": 0,
        "leads_may_know": True,
    }
    for _ in range(number):
        services.count_closed(CaseClosed(**(usual | changes)))  # type: ignore[arg-type] # the fields of the fact


def appeals(number: int, **changes: object) -> None:
    """Let appeals of one kind be decided now, as far as counting them goes."""
    usual = {
        "side": Side.REPORTER,
        "lane": Lane.USUAL,
        "conclusion": Conclusion.UPHELD,
        "in_time": True,
        "country": "TR",
        "threats": (Threat.T2,),
        "language": "en",
        "leads_may_know": True,
    }
    for _ in range(number):
        services.count_appeal(AppealDecided(**(usual | changes)))  # type: ignore[arg-type] # the fields of the fact


def appealed(slips: Sequence[Slip], seed: int, share: float, overturned: float) -> list[AppealSlip]:
    """Draw appeals against some of these cases."""
    draw = default_rng(seed)
    return [
        AppealSlip(
            each.threat,
            each.region,
            each.language,
            _one(draw, rows_of(Dimension.SIDE, LANGUAGES), 2.0),
            bool(draw.random() < overturned),
            bool(draw.random() > 0.2),
        )
        for each in slips
        if draw.random() < share
    ]


def count_a_month() -> None:
    """Let as many cases close as a middling programme sees: large rows, small ones, and one of a kind."""
    count(84, threats=(Threat.T5,), language="ar", secured=True)
    count(31, threats=(Threat.T8,), country="UA", secured=True, settled_in_time=False)
    count(27, country="MX", replied_in_time=False, outcome=Outcome.ADVISED)
    count(14, threats=(Threat.T6, Threat.T3), country="UA", outcome=Outcome.NO_ACTION, replied_in_time=False)
    count(1, threats=(Threat.T9,), country="KE", language="ar")


def publish(programme: Programme, last: Month | None = None) -> Published:
    """Let Leyla look at what would be published, and publish it."""
    lead = programme.desk("leyla")
    month = last or queries.closable_for(lead)[0].last
    return services.close_period(month, lead, shown=str(services.preview(month, lead).fingerprint))
