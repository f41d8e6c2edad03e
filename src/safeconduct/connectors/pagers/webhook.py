"""Pages by webhook: a signed POST that a pager service or a chat room can take."""

from dataclasses import dataclass, field

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.pagers.posting import PATIENCE, post
from safeconduct.connectors.pagers.words import text
from safeconduct.connectors.paging import Page
from safeconduct.connectors.signatures import OurKey
from safeconduct.kernel.errors import Unavailable

_ACCEPTED = range(200, 300)


@dataclass(frozen=True)
class WebhookPager:
    """Pages an https address. The body has the field ``text``, which Slack and many others show as it is."""

    key: OurKey = field(repr=False)
    allow_private: bool = False
    limits: Limits = PATIENCE
    name: str = "webhook"

    def send(self, page: Page) -> None:
        """Send one page. Raises ``Unavailable`` unless the receiver said that it took it."""
        said: dict[str, object] = {"text": text(page), "page": page.number, "step": page.step}
        answer = post(page.address, said, allow_private=self.allow_private, limits=self.limits, signed_with=self.key)
        if answer.status_code not in _ACCEPTED:
            sentence = f"The pager's address answered with {answer.status_code}. Check it and send a trial page."
            raise Unavailable("pager.refused", sentence)
