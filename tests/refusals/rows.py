"""Who is let in where: one row a page and verb. Add a row when you add an address; a test names those without one.

``door`` are those who get past the page's first check. Outside it, a stranger is led to the sign-in page and a member
finds nothing, whatever the address names. ``get`` and ``post`` are those for whom the very thing opens; everybody else
inside the door finds nothing too. None says that the page does not take this verb. ``may_know`` are those who may read
of the thing elsewhere: they are refused with a sentence. ``askers`` are fewer where an answer takes
long and asks nobody who they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.refusals.roles import (
    ALL,
    FRESH_EYES,
    HOLDERS,
    MEMBERS,
    PARTNERS,
    PROGRAMS,
    REVIEWERS,
    STAFF,
    Kind,
    Who,
)

Group = frozenset[Who]
NOBODY: Group = frozenset()
LEAD: Group = frozenset({Who.LEAD})
OWN: Group = frozenset({Who.PARTNER})
OWN_PROGRAM: Group = frozenset({Who.PROGRAM})
TAKER: Group = frozenset({Who.REVIEWER})
STRANGER: Group = frozenset({Who.NOBODY})
CUSTODIAN: Group = frozenset({Who.CUSTODIAN, Who.OTHER_BENCH})
ASKER: Group = frozenset({Who.COLLEAGUE})
CALLED: Group = STAFF | CUSTODIAN


@dataclass(frozen=True)
class Row:
    """One address, with what stands in braces taken from the world, and who is let in by which verb."""

    address: str
    door: Group
    get: Group | None = None
    post: Group | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    may_know: Group = NOBODY
    for_everybody: Kind | None = None
    askers: Group = ALL


def page(address: str, door: Group, let_in: Group | None = None, **form: str) -> Row:
    """Return the row of a page with a form: whoever may read it may send it."""
    inside = door if let_in is None else let_in
    return Row(address, door, get=inside, post=inside, form=form)


def always(address: str, kind: Kind) -> Row:
    """Return the row of an address that answers everybody alike."""
    return Row(address, ALL, for_everybody=kind)


def read(address: str, door: Group, let_in: Group | None = None) -> Row:
    """Return the row of a page that is only read."""
    return Row(address, door, get=door if let_in is None else let_in)


def deed(address: str, door: Group, let_in: Group | None = None, **form: str) -> Row:
    """Return the row of a button."""
    return Row(address, door, post=door if let_in is None else let_in, form=form)


CASE = "/console/cases/{case}"
DECIDED = "/console/cases/{decided}"
APPEAL = "/console/appeals/{appeal}"
REPORT = "/partner/report/{report}"
API = "/api/v1/reports/{report}"

# Nobody is joining and no period is closed, so what would be there is there for nobody.
PUBLIC = {
    "home": page("/", ALL),
    "help": page("/help", ALL),
    "leave": read("/leave", ALL),
    "weather": read("/leave/weather", ALL),
    # A wrong word is answered after a while.
    "entrance:sign-in": Row("/sign-in", ALL, get=ALL, post=ALL, askers=STRANGER),
    "entrance:sign-out": always("/sign-out", Kind.SIGN_IN),
    "entrance:provider": always("/sign-in/through/nobody", Kind.NOTHING),
    "entrance:introduced": always("/sign-in/through/nobody/back", Kind.NOTHING),
    # Whoever was introduced finds their lock here; the tests of the entrance go through it.
    "entrance:unlock": Row("/unlock", ALL, for_everybody=Kind.SIGN_IN, askers=ALL - {Who.INTRODUCED}),
    "entrance:link": page("/your-key/provider", MEMBERS),
    "entrance:go-to-link": read("/your-key/provider/nobody", MEMBERS, NOBODY),
    "entrance:invitation": page("/invitation", ALL),
    "entrance:second-factor": always("/invitation/second-factor.svg", Kind.NOTHING),
    "public:numbers": read("/numbers", ALL),
    "public:period": always("/numbers/{period}", Kind.NOTHING),
    "public:period-json": always("/numbers/{period}.json", Kind.NOTHING),
    "public:period-csv": always("/numbers/{period}.csv", Kind.NOTHING),
    "public:period-proof": always("/numbers/{period}.proof.json", Kind.NOTHING),
}

ENTRANCE = {
    "entrance:your-key": read("/your-key", MEMBERS),
    "entrance:add-passkey": deed("/your-key/passkeys", MEMBERS),
    "entrance:keep-time-zone": deed("/your-key/time-zone", MEMBERS, zone="Africa/Nairobi"),
    # Without their words nobody ends anything; the page says so.
    "entrance:end-sessions": deed("/your-key/sessions/end", MEMBERS, session="{member}", words="not my words"),
    "entrance:remove-passkey": deed("/your-key/passkeys/remove", MEMBERS, NOBODY),
    "entrance:roster": page("/roster", CUSTODIAN, subject="{member}", words="not my words"),
    "entrance:people": read("/people", LEAD),
    "entrance:invite": page("/people/invite", LEAD),
    "entrance:person": read("/people/{member}", LEAD),
    "entrance:join-team": deed("/people/{member}/team", LEAD, team="{team}"),
    "entrance:new-words": deed("/people/{member}/new-words", LEAD),
    "entrance:remove": deed("/people/{member}/remove", LEAD),
}


def reporter(case: str, word: str, **form: str) -> Row:
    """Return the row of a form about the reporter of a case; its fields carry the report's id."""
    named = {f"{word}-{{{case}_report}}-{name}": said for name, said in form.items()}
    address = f"/console/cases/{{{case}}}/reporter/{{{case}_report}}/{word}"
    return Row(address, STAFF, post=HOLDERS, form=named)


CONSOLE = {
    "console:queue": read("/console/", STAFF),
    "console:changes": read("/console/changes", STAFF),
    "console:search": page("/console/search", STAFF, by="account", handle="amina"),
    "console:take-next": deed("/console/next", STAFF),
    "console:case": read(CASE, STAFF, HOLDERS),
    "console:veil": deed(f"{CASE}/open", STAFF, HOLDERS, item="{case_report}", showing="words"),
    "console:picture": read(f"{CASE}/files/{{case_file}}/picture?showing=picture&look={{look}}", STAFF, NOBODY),
    "console:original": deed(f"{CASE}/files/{{case_file}}/original", STAFF, HOLDERS),
    "console:take": deed("/console/cases/{new}/take", STAFF),
    "console:hand-over": page(f"{CASE}/hand-over", STAFF, HOLDERS),
    "console:step-back": page(f"{CASE}/step-back", STAFF, HOLDERS),
    "console:assess": page(f"{CASE}/severity", STAFF, HOLDERS),
    "console:link": page(f"{CASE}/link", STAFF, HOLDERS),
    "console:note": page(f"{CASE}/notes", STAFF, HOLDERS, text="A note."),
    "console:keep-evidence": page(f"{CASE}/evidence", STAFF, HOLDERS),
    "console:write-down": page(f"{CASE}/accounts", STAFF, HOLDERS),
    "console:account-back": deed(f"{CASE}/accounts/back", STAFF, NOBODY),
    "console:second-back": deed(f"{CASE}/seconds/{{key}}/back", STAFF, NOBODY),
    "console:restrain": page(f"{CASE}/restraints", STAFF, HOLDERS),
    "console:ask-copy": read(f"{CASE}/copy", STAFF, HOLDERS),
    # Nothing of the case is ciphertext.
    "console:put-beside": page(f"{CASE}/evidence/{{key}}/copy", STAFF, NOBODY),
    "console:general-queue": page(f"{CASE}/general-queue", STAFF, HOLDERS),
    "console:packet": deed(f"{CASE}/general-queue/packet", STAFF, HOLDERS),
    "console:summarise": page(f"{CASE}/summary", STAFF, HOLDERS),
    "console:mitigated": page(f"{CASE}/mitigated", STAFF, HOLDERS),
    "console:answer": deed(f"{CASE}/answer", STAFF, HOLDERS, text="An answer.", report="{case_report}", key="{key}"),
    "console:decide": page(f"{CASE}/decide", STAFF, HOLDERS),
    "console:close": page(f"{DECIDED}/close", STAFF, HOLDERS),
    "console:record": read(f"{CASE}/record", STAFF, HOLDERS),
    "console:proof": read(f"{CASE}/record/{{entry}}/proof.json", STAFF, HOLDERS),
    "console:by-law": page("/console/cases/{child}/by-law", STAFF, LEAD),
    "console:hand-out": deed("/console/cases/{child}/by-law/{child_report}", STAFF, LEAD),
    "console:restrict": page(f"{CASE}/restrict", STAFF, HOLDERS),
    # Read, it leads to the page of whatever case it names, and looks for none.
    "console:order": Row(f"{CASE}/acts/secure-now", STAFF, get=STAFF, post=HOLDERS, form={"account": "{mark}"}),
    "console:watch": read(f"{CASE}/orders/{{order}}", STAFF, HOLDERS),
    "console:undo": page(f"{CASE}/orders/{{order}}/undo", STAFF, HOLDERS),
    "console:confirm": page(f"{CASE}/orders/{{order}}/confirm", STAFF, HOLDERS),
    "console:look-again": deed(f"{CASE}/orders/{{order}}/look", STAFF, HOLDERS),
    "console:statement": page(f"{DECIDED}/reasons", STAFF, HOLDERS),
    "console:keeping": read(f"{CASE}/keeping", STAFF, HOLDERS),
    "console:ask-hold": deed(f"{CASE}/keeping/hold", STAFF, HOLDERS, reason="A court asks."),
    "console:agree-hold": deed(f"{CASE}/keeping/holds/{{hold}}/agree", STAFF, HOLDERS),
    "console:lift-hold": deed(f"{CASE}/keeping/holds/{{hold}}/lift", STAFF, HOLDERS, reason="The court is done."),
    # Nobody has agreed to it, so there is nothing that two would have to lift.
    "console:ask-lift": deed(f"{CASE}/keeping/holds/{{hold}}/lift/ask", STAFF, NOBODY, reason="The court is done."),
    "console:agree-lift": deed(f"{CASE}/keeping/holds/{{hold}}/lift/agree", STAFF, NOBODY),
    "console:withdraw-lift": deed(f"{CASE}/keeping/holds/{{hold}}/lift/end", STAFF, NOBODY),
    "console:ask-erasure": deed(f"{CASE}/keeping/erase", STAFF, HOLDERS, reason="By law."),
    "console:agree-erasure": deed("/console/cases/{closed}/keeping/wishes/{wish}/agree", STAFF, HOLDERS),
    "console:withdraw-erasure": deed("/console/cases/{closed}/keeping/wishes/{wish}/end", STAFF, HOLDERS),
    "console:holds": read("/console/holds", STAFF),
    "console:demands": page("/console/demands", STAFF),
    "console:demand": read("/console/demands/{demand}", STAFF, HOLDERS),
    "console:demand-steps": page("/console/demands/{demand}/steps", STAFF, HOLDERS),
    "console:demand-find": deed("/console/demands/{demand}/find", STAFF, HOLDERS),
    "console:demand-choose": page("/console/demands/{demand}/cases/{case}", STAFF, HOLDERS),
    "console:demand-propose": deed("/console/demands/{demand}/propose", STAFF, HOLDERS),
    "console:demand-second": deed("/console/demands/{demand}/second", STAFF, LEAD),
    "console:demand-hand-over": deed("/console/demands/{demand}/hand-over", STAFF, HOLDERS),
    "console:demand-file": deed("/console/demands/{demand}/file", STAFF, HOLDERS),
    "console:demand-take-over": deed("/console/demands/{demand}/take-over", STAFF, LEAD),
    "console:demand-refuse": deed("/console/demands/{demand}/refuse", STAFF, HOLDERS),
    "console:demand-tell": deed("/console/demands/{demand}/tell", STAFF, HOLDERS),
    "console:remedies": page(f"{DECIDED}/remedies", STAFF, HOLDERS),
    "console:deliver": deed(f"{DECIDED}/remedies/{{promise}}", STAFF, HOLDERS, proof="Read back."),
    "console:flood": page("/console/alike/{group}", STAFF),
    "console:flags": page("/console/flags", STAFF),
    # No platform of the world lets its flags be read.
    "console:flags-seen": deed("/console/flags/seen", STAFF, NOBODY),
    "console:calls": read("/console/calls", CALLED),
    "console:pager-address": deed("/console/calls/address", CALLED),
    "console:pager-trial": deed("/console/calls/trial", CALLED),
    "console:pager-number": deed("/console/calls/number", CALLED),
    "console:acknowledge": deed("/console/calls/{page}", STAFF),
    "console:identity": read(f"{CASE}/reporter", STAFF, HOLDERS),
    "console:identity-enrol": reporter("case", "enrol", names="Her name", consent="She wrote: yes."),
    "console:identity-tie": reporter("case", "tie", pseudonym="{pseudonym}", how="She called."),
    "console:identity-ask": reporter("named", "ask", reason="I must ask her herself."),
    "console:identities": read("/console/identities", CALLED),
    "console:identities-ask": deed(
        "/console/identities/ask", CALLED, STAFF, pseudonym="{pseudonym}", reason="I must know."
    ),
    "console:asking-withdraw": deed("/console/identities/{asking}/withdraw", CALLED, ASKER),
    "console:asking-approve": deed("/console/identities/{asking}/approve", CALLED, CUSTODIAN),
    "console:asking-refuse": deed("/console/identities/{asking}/refuse", CALLED, CUSTODIAN),
    "console:asking-read": read("/console/identities/{approved}/read", CALLED, ASKER),
    "console:identity-read": deed("/console/identities/{approved}/once", CALLED, ASKER),
    "console:alarm-seen": deed("/console/identities/alarms/{alarm}", CALLED, CUSTODIAN | LEAD),
    "console:numbers": read("/console/numbers", STAFF, LEAD),
    "console:publish": deed("/console/numbers/publish", STAFF, LEAD, last="{period}"),
    "console:entry": read("/console/door", STAFF),
    "console:invite": deed("/console/door/invitation", STAFF),
    "console:say-flood": deed("/console/door/flood", STAFF, LEAD, flood="off"),
}


# Whoever decided the case finds neither the appeal against it nor anything under it. Reviewers with fresh eyes may read
# of one another's appeals, and do nothing with them.
def reviewing(address: str, let_in: Group = TAKER, **form: str) -> Row:
    """Return the row of a button that only whoever took the appeal may press."""
    return Row(APPEAL + address, REVIEWERS, post=let_in, form=form, may_know=FRESH_EYES)


APPEALS = {
    "console:appeals": read("/console/appeals", REVIEWERS),
    "console:appeal": read(APPEAL, REVIEWERS, FRESH_EYES),
    "console:appeal-take": deed("/console/appeals/{untaken}/take", REVIEWERS, FRESH_EYES),
    "console:appeal-veil": reviewing("/open", item="{decided_report}"),
    "console:appeal-step-back": reviewing("/step-back", FRESH_EYES),
    "console:appeal-write": reviewing("/write", text="A letter.", key="{key}"),
    "console:appeal-decide": page(f"{APPEAL}/decide", REVIEWERS, FRESH_EYES),
    "console:appeal-carried-out": deed(f"{APPEAL}/carried-out", REVIEWERS, NOBODY),  # nothing was undone yet
    "console:appeal-file": reviewing("/files/{decided_file}"),
    "console:appeal-picture": reviewing("/pictures/{decided_file}"),
}

PARTNER = {
    "partner:cases": read("/partner/", PARTNERS),
    "partner:file": page("/partner/file", PARTNERS),
    "partner:case": read(REPORT, PARTNERS, OWN),
    "partner:say": deed(f"{REPORT}/say", PARTNERS, OWN, text="A letter.", key="{key}"),
    "partner:consent": deed(f"{REPORT}/consent", PARTNERS, NOBODY, agreed="yes"),  # nothing was asked
    "partner:appeal": deed(f"{REPORT}/appeal", PARTNERS, OWN, words="We disagree.", key="{key}"),
    "partner:add-to-appeal": deed(f"{REPORT}/appeal/add", PARTNERS, OWN, text="More.", key="{key}"),
    "partner:vouch": deed(f"{REPORT}/vouch", PARTNERS, OWN, account="0", reason="We know her."),
    "partner:proof": read(f"{REPORT}/proof.json", PARTNERS, OWN),
    "partner:picture": read(f"{REPORT}/file/{{report_file}}/picture", PARTNERS, OWN),
    "partner:attachment": read(f"{REPORT}/file/{{report_file}}", PARTNERS, OWN),
    "partner:programs": read("/partner/programs", PARTNERS),
    "partner:make-token": deed("/partner/programs/token", PARTNERS),
    "partner:revoke-token": deed("/partner/programs/revoke", PARTNERS, OWN, token="{token}"),
    "partner:set-hook": deed("/partner/programs/bell", PARTNERS),
}

PROGRAM = {
    "api/v1/openapi.json": Row("/api/v1/openapi.json", ALL, get=ALL, post=ALL, askers=STRANGER),
    "api/v1/reports": page("/api/v1/reports", PROGRAMS),
    "api/v1/reports/<report_id>": read(API, PROGRAMS, OWN_PROGRAM),
    "api/v1/reports/<report_id>/messages": page(f"{API}/messages", PROGRAMS, OWN_PROGRAM, text="A letter."),
    "api/v1/reports/<report_id>/proof": read(f"{API}/proof", PROGRAMS, OWN_PROGRAM),
    "api/v1/reports/<report_id>/appeals": page(f"{API}/appeals", PROGRAMS, OWN_PROGRAM, words="We disagree."),
    # Nobody appealed for this partner, so there is nothing to add to.
    "api/v1/reports/<report_id>/appeals/<appeal_id>/messages": deed(
        f"{API}/appeals/{{appeal}}/messages", PROGRAMS, NOBODY, text="More."
    ),
    "api/v1/organisation": read("/api/v1/organisation", PROGRAMS),
    "api/v1/": page("/api/v1/no/such/thing", NOBODY),
}

ROWS: Mapping[str, Row] = PUBLIC | ENTRANCE | CONSOLE | APPEALS | PARTNER | PROGRAM

# The same addresses, with a thing that stands elsewhere. One reporter keeps the decider out; their case is another's.
KEPT = "/console/cases/{kept}"
KEPT_FROM = frozenset({Who.COLLEAGUE, Who.LEAD})
AGAIN: Mapping[str, Row] = {
    "a case that keeps a colleague out": read(KEPT, STAFF, KEPT_FROM),
    "its reporter": read(f"{KEPT}/reporter", STAFF, KEPT_FROM),
    "asking for whoever keeps one out": Row(
        "/console/identities/{excluded}/approve", CALLED, post=NOBODY, may_know=CUSTODIAN
    ),
    "reading whoever keeps one out": Row(
        "/console/identities/{excluded}/once", CALLED, post=NOBODY, may_know=frozenset({Who.DECIDER})
    ),
    "before reading what one bench has not approved": read("/console/identities/{asking}/read", CALLED, NOBODY),
    "reading what one bench has not approved": Row(
        "/console/identities/{asking}/once", CALLED, post=NOBODY, may_know=ASKER
    ),
    "approving what one's own bench has approved": Row(
        "/console/identities/{half}/approve",
        CALLED,
        post=frozenset({Who.OTHER_BENCH}),
        may_know=frozenset({Who.CUSTODIAN}),
    ),
    "approving what both have": Row("/console/identities/{approved}/approve", CALLED, post=NOBODY, may_know=CUSTODIAN),
    "taking back what was approved": deed("/console/identities/{approved}/withdraw", CALLED, ASKER),
    "an alarm about a bench": deed(
        "/console/identities/alarms/{alarm_of_bench}", CALLED, LEAD | frozenset({Who.OTHER_BENCH})
    ),
    "an alarm about whoever asked": deed("/console/identities/alarms/{alarm_of_lead}", CALLED, CUSTODIAN),
}

# In a demonstration only, for whoever sits before it: it hands out everybody's keys.
TOUR = {"tour", "tour-as", "tour-watch", "tour-theft", "tour-carried-away", "tour-connect"}
