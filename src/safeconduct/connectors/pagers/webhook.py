"""Pages by webhook: a signed POST that a pager service or a chat room can take."""

import json
from dataclasses import dataclass, field

from safeconduct.connectors.outside import Limits, Outside
from safeconduct.connectors.pagers.words import text
from safeconduct.connectors.paging import Page
from safeconduct.connectors.signatures import OurKey, sign
from safeconduct.kernel.errors import Refused, Unavailable

_ACCEPTED = range(200, 300)


@dataclass(frozen=True)
class WebhookPager:
    """Pages an https address. The body has the field ``text``, which Slack and many others show as it is."""

    key: OurKey = field(repr=False)
    allow_private: bool = False
    limits: Limits = field(default_factory=lambda: Limits(total_seconds=10, size_bytes=100_000))
    name: str = "webhook"

    def send(self, page: Page) -> None:
        """Send one page. Raises ``Unavailable`` unless the receiver said that it took it."""
        try:
            self._post(page)
        except Refused as fault:
            raise Unavailable(fault.code, fault.sentence) from fault

    def _post(self, page: Page) -> None:
        body = json.dumps({"text": text(page), "page": page.number, "step": page.step}).encode()
        with Outside(page.address, allow_private=self.allow_private, limits=self.limits) as outside:
            request = outside.request("", body, headers={"Content-Type": "application/json"})
            sign(request, key=self.key)
            answer = outside.send(request)
        if answer.status_code not in _ACCEPTED:
            sentence = f"The pager's address answered with {answer.status_code}. Check it and send a trial page."
            raise Unavailable("pager.refused", sentence)
