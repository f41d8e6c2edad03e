"""The demonstration's pager: it wakes nobody and keeps its pages for the tour to show."""

from collections import deque

from safeconduct.connectors.paging import Page

LONGEST_MEMORY = 20


class TourPager:
    """Keeps the last pages in memory."""

    name = "tour"

    def __init__(self) -> None:
        self.sent: deque[Page] = deque(maxlen=LONGEST_MEMORY)

    def send(self, page: Page) -> None:
        """Keep the page."""
        self.sent.append(page)


PAGER = TourPager()
