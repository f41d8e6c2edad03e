"""Every setting an operator can make, each with its help text; ``docs/guides/settings.md`` is made from this table."""

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from safeconduct.kernel.errors import Refused
from safeconduct.kernel.zones import zone_named


@dataclass(frozen=True)
class Option:
    """One setting, read from the environment variable ``SAFECONDUCT_<NAME>``.

    ``default`` is the text used when the variable is absent; ``help`` is one sentence for the operator.
    """

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """Return the environment variable's name."""
        return f"SAFECONDUCT_{self.name}"

    def text(self) -> str:
        """Return what the operator set, or the default."""
        return os.environ.get(self.variable, self.default)

    def truth(self) -> bool:
        """Return whether the operator said yes: ``1``, ``yes``, ``true`` or ``on``."""
        return self.text().strip().lower() in {"1", "yes", "true", "on"}

    def number(self) -> int:
        """Return the whole number above zero that the operator set, or raise ``Refused``."""
        text = self.text().strip()
        if text.isdecimal() and int(text) > 0:
            return int(text)
        raise Refused("settings.number", f"{self.variable} must be a whole number above zero. Mend it and start again.")

    def zone(self) -> ZoneInfo:
        """Return the time zone that the operator named, or raise ``Refused``."""
        try:
            return zone_named(self.text().strip())
        except Refused:
            sentence = f"{self.variable} names no time zone. Write one such as Africa/Nairobi, or UTC, and start again."
            raise Refused("settings.zone", sentence) from None


OPTIONS: dict[str, Option] = {
    option.name: option
    for option in (
        Option(
            "DATA", "data", "The folder that holds the database, sealed files and key files. Nobody else may read it."
        ),
        Option(
            "DATABASE", "", "A PostgreSQL address (postgresql://user@host/name). Empty means SQLite in the data folder."
        ),
        Option(
            "DEMONSTRATION", "no", "Yes serves the demonstration: invented people, loopback only, no real platform."
        ),
        Option("HOSTS", "localhost,127.0.0.1", "The host names the service answers to, separated by commas."),
        Option("HTTPS", "yes", "Whether visitors reach the service over HTTPS. Only a demonstration may say no."),
        Option("OPERATOR_NAME", "", "The platform's name as reporters read it."),
        Option(
            "MAIL", "", "An SMTP server for content-free pages (smtp://host:25 or smtps://host:465). Empty means none."
        ),
        Option("MAIL_FROM", "", "The sender address of content-free pages."),
        Option("CHAT", "no", "Yes lets people be called in chat rooms, by webhooks such as Slack and Mattermost have."),
        Option("PAGERS_PRIVATE", "no", "Yes lets addresses of webhook and chat pages lie inside your own network."),
        Option("LEAVE_TO", "", "Where Leave now goes. Empty means our own plain page about the weather."),
        Option(
            "CHILD_PROTECTION",
            "",
            "Whom the law makes you tell of child-abuse material, and how. Empty means that none is handed on.",
        ),
        Option(
            "KEEP",
            "protected=400, advised=400, no-action=400, not-about-a-defender=200, child-abuse-material=400",
            "For how many days a closed case is kept, by its outcome; then it is destroyed. No fewer than 200.",
        ),
        Option(
            "LEDGER",
            "",
            "The folder of the erasure ledger: on another disk than the data. Empty means 'ledger' in the data folder.",
        ),
        Option("WORKERS", "32", "How many requests one process answers at once."),
        Option("UPLOADS", "64", "How many pictures or other large forms one process takes in at once, beside WORKERS."),
        Option("CONNECTIONS", "512", "How many lines one process holds; beyond, the greediest address loses one."),
        Option("VEILS_AN_HOUR", "12", "After how many veils in an hour the console tells their reader to pause."),
        Option(
            "VEILS_A_DAY", "45", "After how many veils in 24 hours the console tells their reader to stop for the day."
        ),
        Option(
            "METRICS",
            "",
            "Host and port of /health and /metrics (127.0.0.1:9400); needs keys/metrics.token. Empty means none.",
        ),
        Option(
            "TIME_ZONE",
            "UTC",
            "The zone of the times on pages, such as Africa/Nairobi; members choose their own. Exports stay UTC.",
        ),
        Option("LANGUAGES", "en,ar", "The languages the portal offers, separated by commas; the first is the default."),
    )
}


def data_folder() -> Path:
    """Return the data folder as an absolute path. It may not exist yet."""
    return Path(OPTIONS["DATA"].text()).expanduser().resolve()
