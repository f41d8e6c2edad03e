"""Reads about people and keys. Whatever is handed out to wrap to has been checked against the signed roster."""

from safeconduct.accounts.queries.passkeys import Enrolment, PasskeyView, enrolment_for, passkeys_for
from safeconduct.accounts.queries.people import (
    Holder,
    ToSign,
    countries_of_staff,
    everyone,
    fingerprint_of,
    holders,
    is_excluded,
    is_founded,
    members_behind,
    members_for,
    names_for,
    sign_in_names_for,
    signing_fingerprint_of,
    teams_for,
    waiting_for_signatures,
)
from safeconduct.accounts.queries.recipients import (
    intake_recipients,
    lead_recipients,
    people_who_can_open,
    person_recipient,
    superseded_keys,
)

__all__ = [
    "Enrolment",
    "Holder",
    "PasskeyView",
    "ToSign",
    "countries_of_staff",
    "enrolment_for",
    "everyone",
    "fingerprint_of",
    "holders",
    "intake_recipients",
    "is_excluded",
    "is_founded",
    "lead_recipients",
    "members_behind",
    "members_for",
    "names_for",
    "passkeys_for",
    "people_who_can_open",
    "person_recipient",
    "sign_in_names_for",
    "signing_fingerprint_of",
    "superseded_keys",
    "teams_for",
    "waiting_for_signatures",
]
