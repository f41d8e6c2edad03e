"""What others read from cases: always for someone, and only what their keys open."""

from safeconduct.domains.cases.queries.cases import case_for
from safeconduct.domains.cases.queries.channel import channel, channel_mode, gate_refusals
from safeconduct.domains.cases.queries.conversations import clock_proof, conversation_for
from safeconduct.domains.cases.queries.drafts import draft_for
from safeconduct.domains.cases.queries.evidence import Piece, piece_for
from safeconduct.domains.cases.queries.exposure import exposure_for
from safeconduct.domains.cases.queries.files import file_for, file_of_conversation, listed_files
from safeconduct.domains.cases.queries.floods import flood_group_for, flood_groups_for
from safeconduct.domains.cases.queries.general import fingerprint_of, packets_for
from safeconduct.domains.cases.queries.link_records import untold_link_records
from safeconduct.domains.cases.queries.load import Load, load
from safeconduct.domains.cases.queries.pages import pager_addresses_for, pages_for
from safeconduct.domains.cases.queries.partners import reports_for_partner
from safeconduct.domains.cases.queries.people import Colleague, colleagues_for
from safeconduct.domains.cases.queries.queue import case_numbered, queue_for, queue_mark_for
from safeconduct.domains.cases.queries.receipts import receipt_for
from safeconduct.domains.cases.queries.record import entry_proof, record_for
from safeconduct.domains.cases.queries.saying import my_cases_saying
from safeconduct.domains.cases.queries.search import NamedElsewhere, named_elsewhere, reports_still_there
from safeconduct.domains.cases.queries.unheard import calls_unheard
from safeconduct.domains.cases.views import QueueView

__all__ = [
    "Colleague",
    "Load",
    "NamedElsewhere",
    "Piece",
    "QueueView",
    "calls_unheard",
    "case_for",
    "case_numbered",
    "channel",
    "channel_mode",
    "clock_proof",
    "colleagues_for",
    "conversation_for",
    "draft_for",
    "entry_proof",
    "exposure_for",
    "file_for",
    "file_of_conversation",
    "fingerprint_of",
    "flood_group_for",
    "flood_groups_for",
    "gate_refusals",
    "listed_files",
    "load",
    "my_cases_saying",
    "named_elsewhere",
    "packets_for",
    "pager_addresses_for",
    "pages_for",
    "piece_for",
    "queue_for",
    "queue_mark_for",
    "receipt_for",
    "record_for",
    "reports_for_partner",
    "reports_still_there",
    "untold_link_records",
]
