"""The cast of the demonstration. All are invented; none stands for anyone."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_noop as _

from safeconduct.accounts.values import NewPerson, NewTeam, Role, TeamKind

PARTNER = "Harbour Helpline"
PLATFORM = "Juniper Square"
PARTNER_ID = UUID("6c1d1c5e-4f3a-4a53-9a3e-8b6a4f2f9d11")
# Translated where a reporter reads who can read. A real programme gives its teams names of its own.
INTAKE_LISBON, INTAKE_NAIROBI, LEADS = _("Lisbon team"), _("Nairobi team"), _("Leads")
BENCH_A, BENCH_B = "Bench A", "Bench B"
EARLY_WARNING = "Early warning"

TEAMS = (
    NewTeam(INTAKE_LISBON, TeamKind.INTAKE, "PT"),
    NewTeam(INTAKE_NAIROBI, TeamKind.INTAKE, "KE"),
    NewTeam(LEADS, TeamKind.LEAD, "NL"),
    NewTeam(PARTNER, TeamKind.PARTNER, id=PARTNER_ID),
    NewTeam(BENCH_A, TeamKind.BENCH_A),
    NewTeam(BENCH_B, TeamKind.BENCH_B),
    NewTeam(EARLY_WARNING, TeamKind.EARLY_WARNING),
)


@dataclass(frozen=True)
class Cast:
    """One invented person: how they are founded, and whether they belong to the partner."""

    person: NewPerson
    partner: bool = False

    @property
    def is_custodian(self) -> bool:
        """Return whether they sit on a bench."""
        return Role.CUSTODIAN in self.person.roles


CAST = (
    Cast(
        NewPerson(
            "Leyla",
            "leyla",
            frozenset({Role.LEAD, Role.RESPONDER, Role.APPEAL_REVIEWER}),
            "NL",
            ("en", "tr"),
            (LEADS, EARLY_WARNING),
        )
    ),
    Cast(
        NewPerson("Ines", "ines", frozenset({Role.RESPONDER}), "PT", ("en", "pt", "ar"), (INTAKE_LISBON, EARLY_WARNING))
    ),
    Cast(
        NewPerson(
            "Idris", "idris", frozenset({Role.RESPONDER, Role.APPEAL_REVIEWER}), "KE", ("en", "sw"), (INTAKE_NAIROBI,)
        )
    ),
    Cast(NewPerson("Chiara", "chiara", frozenset({Role.CUSTODIAN}), "IT", ("en", "it"), (BENCH_A,))),
    Cast(NewPerson("Kofi", "kofi", frozenset({Role.CUSTODIAN}), "GH", ("en", "fr"), (BENCH_B,))),
    Cast(NewPerson("Yara", "yara", frozenset({Role.CUSTODIAN}), "BR", ("en", "pt"), (BENCH_A,))),
    Cast(NewPerson("Joon", "joon", frozenset({Role.CUSTODIAN}), "KR", ("en", "ko"), (BENCH_B,))),
    Cast(
        NewPerson("Tomas", "tomas", frozenset({Role.PARTNER}), "CZ", ("en", "cs"), (PARTNER,), PARTNER_ID), partner=True
    ),
)
BY_NAME = {one.person.sign_in_name: one for one in CAST}
