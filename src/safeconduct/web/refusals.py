"""What a reporter reads when something is refused: said for someone in fear, not for a colleague."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.kernel.errors import SafeconductError
from safeconduct.web.choices import Words

_ASK_A_PERSON = gettext_lazy("A person must check first. Ask for it here.")
_NO_NAMES = gettext_lazy("We cannot keep names here safely yet, so we keep none.")
_KEEP_OUT = gettext_lazy(
    "We cannot be sure that those you left out would not see it, so we keep no name. Your case goes on without one."
)

SAID: Mapping[str, Words] = {
    "account.not-named": gettext_lazy(
        "This account is not in your report. Write its name to us; a person looks at it."
    ),
    "appeal.decided": gettext_lazy("This is decided. Something new can be sent as a new appeal."),
    "appeal.empty": gettext_lazy("Say what was wrong with it. A few words are enough."),
    "appeal.message-empty": gettext_lazy("There is nothing to send yet. Write something, or add a picture."),
    "appeal.no-reviewer": gettext_lazy(
        "Nobody here may look at it now: all who could have worked on it. Your time does not run out. Try again in a "
        "few days, or turn to one of those listed here."
    ),
    "appeal.nothing-decided": gettext_lazy("Nothing is decided yet. Until then, write to us in your case."),
    "appeal.nothing-new": gettext_lazy("You have appealed once. To appeal again, say what is new."),
    "appeal.too-late": gettext_lazy("The six months to appeal are over. You can still turn to those listed here."),
    "appeal.too-long": gettext_lazy("This is too long. Send the first part; the rest can follow as messages."),
    "appeal.under-way": gettext_lazy("Someone is looking at it already. Add what is new as a message."),
    "audience.nobody": gettext_lazy(
        "With these people left out, nobody here could read it. Leave out fewer, or ask an organisation you trust."
    ),
    "bench.none-sits": _NO_NAMES,
    "bench.nobody-left": _KEEP_OUT,
    "bench.person-unknown": _KEEP_OUT,
    "case.closed": gettext_lazy("This case is closed, so nothing more can be done in it. Make a new report."),
    "channel.closed": gettext_lazy(
        "No reports can be sent this way now. An organisation you trust may be able to send one for you."
    ),
    "channel.invitation": gettext_lazy(
        "These words are not the words of an invitation. Compare each one, or ask whoever gave them to you."
    ),
    "code.not-sent": gettext_lazy("The code could not be sent. Nothing was changed. Try again, or ask a person."),
    "code.over": gettext_lazy("This code no longer works. Ask for a new one, or ask a person."),
    "code.too-many": gettext_lazy("No more codes can be sent now. Wait an hour, or ask a person."),
    "code.not-enough": gettext_lazy("On this platform a code locks nothing. Ask a person to do it."),
    "proof.no-lock-by-code": _ASK_A_PERSON,
    "proof.second-person": _ASK_A_PERSON,
    "code.unsafe": gettext_lazy("Someone else may read what we send to this account, so we send nothing to it."),
    "code.wrong": gettext_lazy("That is not the code. Nothing was changed. After five tries it no longer works."),
    "connector.absent": gettext_lazy("We cannot reach this platform from here. Write to us; a person does it by hand."),
    "consent.asked-anew": gettext_lazy(
        "The question has changed since you opened this page. Nothing was agreed. Read it again, then answer."
    ),
    "consent.handed-over": gettext_lazy("It was passed on already. Write to us if you want it taken back."),
    "cost.not-shown": gettext_lazy("The page was open too long. Read once more what it costs, then decide."),
    "door.full": gettext_lazy("Very many people write at this moment. Send it again in a minute."),
    "door.no-files": gettext_lazy(
        "Very many reports come in now. Pictures can come when a person has answered you; your words can go now."
    ),
    "form.used": gettext_lazy("This form was sent before, or is too old. Nothing was sent now. Begin a new one."),
    "files.gone": gettext_lazy("A picture could not wait here any longer. Nothing was sent. Add it and send again."),
    "files.disk": gettext_lazy("The pictures could not be kept. Send your words without them, and try again later."),
    "identity.already": gettext_lazy("Your name is kept already. This page shows under which name."),
    "identity.empty": gettext_lazy("Write your name or a way to reach you. With neither there is nothing to keep."),
    "identity.no-consent": gettext_lazy("Tick that you agree. Without it we keep nothing."),
    "identity.too-long": gettext_lazy("This is too long to keep. Write your name and how to reach you, no more."),
    "message.files-wait": gettext_lazy(
        "Many pictures wait here already. More can come when a person has answered you; your words can go now."
    ),
    "message.kept": gettext_lazy("This cannot be deleted now. It stays sealed."),
    "message.kept-by-law": gettext_lazy(
        "The law makes us keep what came with this message for now, sealed. Nobody looks at it."
    ),
    "message.too-long": gettext_lazy("This message is too long. Send it in two parts."),
    "message.too-many-files": gettext_lazy("These are too many pictures for one message. Send 20 at a time."),
    "outbox.asleep": gettext_lazy(
        "Nothing can be done on accounts just now. Nothing was changed. Try again in a minute."
    ),
    "proof.missing": _ASK_A_PERSON,
    "proof.too-weak": _ASK_A_PERSON,
    "report.not-kept": gettext_lazy("It could not be stored just now. Send it again."),
    "report.too-long": gettext_lazy(
        "Your words are too long for one report. Send the first part, then the rest as messages."
    ),
    "report.too-many-accounts": gettext_lazy(
        "These are too many accounts or links for one report. Send 100 of each, then the rest as messages."
    ),
    "report.too-many-files": gettext_lazy(
        "These are too many pictures for one report. Send 20, then the rest as messages."
    ),
    "undo.nothing": gettext_lazy("Nothing of this can be undone now."),
}


def words_for(fault: SafeconductError) -> str:
    """Return what to say to a reporter. What has no words of its own is said in general, never in a colleague's."""
    return str(SAID.get(fault.code) or _("This cannot be done now. Nothing was changed. Write to us if it stays so."))
