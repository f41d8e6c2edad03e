"""The whole text of a page. It is the same for every cause, so whoever reads it over a shoulder learns nothing."""

from safeconduct.connectors.paging import Page

SUBJECT = "Something is waiting"


def text(page: Page) -> str:
    """Return the words of a page: that something waits, and a number to find it by."""
    return f"Something is waiting. The number of this call is {page.number}."
