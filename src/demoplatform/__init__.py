"""Juniper Square: an invented platform for demonstrations and tests.

It imports nothing of Safeconduct. It is reached only through the published HTTP contract, so it is also an example of
how a platform implements that contract.
"""

from demoplatform.app import Square, make_app
from demoplatform.contract.signing import Keys
from demoplatform.faults import Fault, Switch
from demoplatform.pages.html import lead_back_to

__all__ = ["Fault", "Keys", "Square", "Switch", "lead_back_to", "make_app"]
