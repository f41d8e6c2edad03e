"""Why a file that somebody sent was not taken, and what to say about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Wrong(StrEnum):
    """Why a file was not taken."""

    NOT_A_PICTURE = "not-a-picture"
    TOO_LARGE = "too-large"
    ONE_TOO_LARGE = "one-too-large"
    FILE_TOO_LARGE = "file-too-large"
    EMPTY = "empty"
    CUT_OFF = "cut-off"
    NOT_NOW = "not-now"
    GAVE_WAY = "gave-way"


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken. Its name is content and is not kept."""

    wrong: Wrong

    @property
    def sentence(self) -> str:
        """Return what to say about it, and what to do."""
        return {
            Wrong.NOT_A_PICTURE: _("One file is not a picture we can open. Make a screenshot of it and add that."),
            Wrong.TOO_LARGE: _("The pictures are more than 25 MB together. One was left out. Send fewer."),
            Wrong.ONE_TOO_LARGE: _("One picture is larger than 25 MB and was left out. Add a smaller copy of it."),
            Wrong.FILE_TOO_LARGE: _("The file is larger than 25 MB and was not kept. Bring it in parts."),
            Wrong.EMPTY: _("One file is empty, so nothing of it arrived. Choose it once more."),
            Wrong.CUT_OFF: _("The line broke on the way. Look at what arrived, and send it once more."),
            Wrong.NOT_NOW: _("Very many reports come in now, so pictures wait. Add them when a person has answered."),
            Wrong.GAVE_WAY: _("A picture could not wait here any longer. Add it once more, and send it soon."),
        }[self.wrong]
