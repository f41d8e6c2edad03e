"""What others read from remedy: always for someone, and only what their keys open."""

from safeconduct.domains.remedy.queries.appeals import (
    appeal_for,
    file_of_appeal,
    is_appeal,
    listed_files,
    queue_for,
    recourse_for,
    review_for,
    statement_for,
)
from safeconduct.domains.remedy.queries.given import statements_in
from safeconduct.domains.remedy.queries.pieces import file_under_review, piece_under_review
from safeconduct.domains.remedy.queries.remedies import remedies_for

__all__ = [
    "appeal_for",
    "file_of_appeal",
    "file_under_review",
    "is_appeal",
    "listed_files",
    "piece_under_review",
    "queue_for",
    "recourse_for",
    "remedies_for",
    "review_for",
    "statement_for",
    "statements_in",
]
