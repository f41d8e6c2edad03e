"""The closed sets a report is made of. Screens have their own, plainer words for each."""

from enum import StrEnum


class Threat(StrEnum):
    """The twelve incident types."""

    T1 = "T1"  # surveillance
    T2 = "T2"  # harassment
    T3 = "T3"  # smear campaigns
    T4 = "T4"  # disinformation
    T5 = "T5"  # publishing private details
    T6 = "T6"  # silencing
    T7 = "T7"  # internet shutdowns
    T8 = "T8"  # attacks on accounts and devices
    T9 = "T9"  # physical follow-on: beating, killing, disappearance, detention
    T10 = "T10"  # gendered and intersectional harm
    T11 = "T11"  # impersonation
    T12 = "T12"  # legal pressure

    @property
    def words(self) -> str:
        """Return what staff call it, in English."""
        return _WORDS[self]


_WORDS = {
    Threat.T1: "surveillance",
    Threat.T2: "harassment",
    Threat.T3: "smear campaign",
    Threat.T4: "disinformation",
    Threat.T5: "private details made public",
    Threat.T6: "silencing",
    Threat.T7: "internet shutdown",
    Threat.T8: "attack on an account or device",
    Threat.T9: "threat to life or liberty",
    Threat.T10: "gendered harm",
    Threat.T11: "impersonation",
    Threat.T12: "legal pressure",
}


class Danger(StrEnum):
    """How soon someone may be hurt, in the reporter's own judgement."""

    NOW = "now"
    TODAY = "today"
    SOON = "soon"
    NO = "no"
    UNSURE = "unsure"
    UNSAID = "unsaid"  # the question was left open, which is no answer


class Want(StrEnum):
    """What the reporter asks for."""

    SECURE = "secure"
    HIDE = "hide"
    REMOVE = "remove"
    ADVICE = "advice"
    RECORD = "record"
    TELL = "tell"


class OriginKind(StrEnum):
    """By which way a report came in."""

    ANONYMOUS = "anonymous"
    PARTNER = "partner"
    INVITED = "invited"


class Mode(StrEnum):
    """Who may report: everyone's door is the widest."""

    CLOSED = "closed"
    PARTNERS = "partners"
    INVITED = "invited"
    PUBLIC = "public"

    def admits(self, origin: OriginKind) -> bool:
        """Return whether a report of this origin is let in."""
        return origin in _ADMITTED[self]


_ADMITTED = {
    Mode.CLOSED: frozenset[OriginKind](),
    Mode.PARTNERS: frozenset({OriginKind.PARTNER}),
    Mode.INVITED: frozenset({OriginKind.PARTNER, OriginKind.INVITED}),
    Mode.PUBLIC: frozenset(OriginKind),
}


class Sender(StrEnum):
    """Who wrote a message: the reporter, their partner organisation, or us."""

    REPORTER = "reporter"
    PARTNER = "partner"
    US = "us"


class Showing(StrEnum):
    """How much of something veiled is shown."""

    WORDS = "words"
    TEXT = "text"  # of a piece of evidence, drawn as plain letters
    PICTURE_GREY = "picture-grey"
    PICTURE = "picture"
    ORIGINAL = "original"


class Part(StrEnum):
    """One part of a report that may go to the platform's general queue, if its reporter agrees to that part."""

    HAPPENED = "happened"
    TEXT = "text"
    LINKS = "links"
    ACCOUNTS = "accounts"


class EvidenceKind(StrEnum):
    """How a piece of evidence came to be kept."""

    SENT = "sent"
    FILE = "file"
    TEXT = "text"
    SNAPSHOT = "snapshot"
    MESSAGE = "message"
    FLAG = "flag"
    BEFORE_AN_ACT = "before-an-act"
