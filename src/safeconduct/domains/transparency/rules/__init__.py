"""The pure decisions of the room: what is counted, what is hidden, which weeks make a period. Plain Python."""

from safeconduct.domains.transparency.rules.counting import (
    OTHER_LANGUAGE,
    OUTCOMES,
    UNSAID,
    AppealSlip,
    Counted,
    DemandSlip,
    Dimension,
    Question,
    Slip,
    gravest,
    rows_of,
)
from safeconduct.domains.transparency.rules.fingerprint import fingerprint_id
from safeconduct.domains.transparency.rules.hiding import LARGEST_HIDDEN, rows_together, splits_hidden
from safeconduct.domains.transparency.rules.periods import Month, Period, check_over, week_of
from safeconduct.domains.transparency.rules.regions import Region, region_of
from safeconduct.domains.transparency.rules.tables import Appeals, Numbers, Row, Split, Table, Total, numbers_from

__all__ = [
    "LARGEST_HIDDEN",
    "OTHER_LANGUAGE",
    "OUTCOMES",
    "UNSAID",
    "AppealSlip",
    "Appeals",
    "Counted",
    "DemandSlip",
    "Dimension",
    "Month",
    "Numbers",
    "Period",
    "Question",
    "Region",
    "Row",
    "Slip",
    "Split",
    "Table",
    "Total",
    "check_over",
    "fingerprint_id",
    "gravest",
    "numbers_from",
    "region_of",
    "rows_of",
    "rows_together",
    "splits_hidden",
    "week_of",
]
