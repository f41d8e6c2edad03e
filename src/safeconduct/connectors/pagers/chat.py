"""Pages into a chat room: an incoming webhook as Slack, Mattermost, Rocket.Chat and others take it."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.pagers.posting import PATIENCE, post
from safeconduct.connectors.pagers.words import text
from safeconduct.connectors.paging import Page
from safeconduct.kernel.errors import Unavailable


@dataclass(frozen=True)
class ChatPager:
    """Pages an https address that is itself the secret. ``calls`` is the page on which somebody says that they have it.

    The link opens nothing: whoever follows it signs in first. A link that acknowledged by itself would be pressed by
    the room's own preview, or by somebody in the room who cannot open the case.
    """

    calls: str = ""
    allow_private: bool = False
    limits: Limits = PATIENCE
    name: str = "chat"

    def send(self, page: Page) -> None:
        """Send one page. Raises ``Unavailable`` unless the room said that it took it."""
        said: dict[str, object] = {"text": " ".join(filter(None, (text(page), self.calls))), "unfurl_links": False}
        answer = post(page.address, said, allow_private=self.allow_private, limits=self.limits)
        if answer.status_code != HTTPStatus.OK or _says_no(answer.body):
            sentence = f"The chat room's address answered with {answer.status_code}. Check it and send a trial page."
            raise Unavailable("pager.refused", sentence)


def _says_no(body: bytes) -> bool:
    """Answer whether the room refused although it answered: some say so in the answer alone."""
    try:
        said = json.loads(body)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("ok", True) is False
