"""The timeline says what the record holds, and leaves nothing out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from safeconduct.domains.cases.views import TimelineEntry
from safeconduct.kernel.ids import new_id
from safeconduct.web.console.timeline import told

MINUTE = datetime(2026, 11, 20, 14, 18, tzinfo=UTC)


@dataclass
class Recorded:
    """As much of a case as a timeline reads."""

    timeline: list[TimelineEntry] = field(default_factory=list)

    def add(self, action: str, by: str = "", kind: str = "member") -> "Recorded":
        self.timeline.append(TimelineEntry(new_id(), MINUTE, action, by, kind, new_id()))
        return self


def test_the_same_thing_again_in_one_minute_is_one_line_that_says_how_often() -> None:
    case = Recorded().add("veil.lifted", "Ines").add("veil.lifted", "Ines").add("veil.lifted", "Idris")

    lines = told(case)  # type: ignore[arg-type] # a timeline is all it reads

    assert [(line.by, line.times) for line in lines] == [("Ines", 2), ("Idris", 1)]


def test_a_word_without_a_sentence_is_still_shown() -> None:
    (line,) = told(Recorded().add("case.sung-about", "Ines"))  # type: ignore[arg-type] # the same

    assert line.sentence == "case.sung-about"


def test_a_rule_and_a_reporter_have_no_name_and_are_still_said() -> None:
    case = Recorded().add("report.escalated", kind="rule").add("report.received", kind="reporter")

    lines = told(case)  # type: ignore[arg-type] # the same

    assert [line.by for line in lines] == ["By rule", "The reporter"]
