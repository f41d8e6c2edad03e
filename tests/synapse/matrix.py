"""A homeserver with the people of a test on it, and the way to it."""

from dataclasses import dataclass

from safeconduct.connectors.outside import Limits
from safeconduct.connectors.synapse import admin
from safeconduct.connectors.synapse.connector import SynapseConnector
from tests.synapse.homeserver import Homeserver, SignedIn

PASSWORD = "river-stone-lantern"


def connected(homeserver: Homeserver, token: str) -> SynapseConnector:
    """Return the way to a homeserver, with somebody's token."""
    reached = admin.Homeserver(homeserver.address, token, allow_private=True, limits=Limits(total_seconds=10))
    return SynapseConnector("matrix", "Platform Test", reached)


@dataclass(frozen=True)
class Matrix:
    """A homeserver, its administrator, the way to it, and Amina with a stranger signed in to her account."""

    homeserver: Homeserver
    connector: SynapseConnector
    administrator: SignedIn
    amina: SignedIn
    stranger: SignedIn

    def connector_as(self, token: str) -> SynapseConnector:
        """Return a connector that uses another token."""
        return connected(self.homeserver, token)
