"""One OpenID provider: sends a browser there, exchanges the code it brings back, and believes only a proven token."""

import hmac
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from safeconduct.connectors.introductions import Introduced, Journey
from safeconduct.connectors.oidc import token
from safeconduct.connectors.oidc.documents import Configuration, Reader
from safeconduct.connectors.oidc.seats import Seats
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused

NOT_INTRODUCED = "You were not introduced. Nothing was opened. Start again, or ask a lead whether you are linked."
KEPT_SECONDS = 600.0
# Where doctor stands.
THIS_MACHINE = b"this machine"


@dataclass(frozen=True)
class Client:
    """How this service is known to the provider. An empty secret is a client that has none."""

    issuer: str
    client_id: str
    secret: str = field(default="", repr=False)


class OidcProvider:
    """A provider as ``introductions`` wants it."""

    def __init__(
        self,
        short_id: str,
        name: str,
        client: Client,
        *,
        serves: frozenset[str] = frozenset({"staff"}),
        second_factor: frozenset[str] = frozenset(),
        allow_private: bool = False,
    ) -> None:
        """Ask nothing yet. ``second_factor`` are the values of acr or amr that stand for our own second factor."""
        self.id, self.name, self.serves = short_id, name, serves
        self._client, self._second_factor = client, second_factor
        self._reader = Reader(allow_private=allow_private)
        self._known: tuple[float, Configuration] | None = None
        self._seats = Seats()

    def way_there(self, journey: Journey) -> str:
        """Return the provider's address with everything that ties its answer to this journey."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._client.client_id,
            "redirect_uri": journey.back,
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": _challenge(journey.verifier),
            "code_challenge_method": "S256",
        }
        if self._second_factor:
            asked["acr_values"] = " ".join(sorted(self._second_factor))
        address = self._configuration(journey.place).authorization
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def introduced(self, journey: Journey, answer: Mapping[str, str]) -> Introduced:
        """Exchange the code and prove the token. Nothing is asked of the provider for an answer that is not ours."""
        code = answer.get("code", "")
        ours = hmac.compare_digest(answer.get("state", "").encode(), journey.state.encode())
        if not (code and ours and answer.get("iss", self._client.issuer) == self._client.issuer):
            raise _refusal()
        claims = self._claims(code, journey)
        if claims is None:
            raise _refusal()
        return Introduced(self._client.issuer, str(claims["sub"]), second_factor=self._strong(claims))

    def look(self) -> None:
        """Read the provider's documents anew, and find a key that we could believe."""
        with self._seats.taken(THIS_MACHINE):
            keys = self._reader.key_set(self._reader.configuration(self._client.issuer))
        if not any(key.get("kty") in token.KEY_KINDS for key in keys):
            raise Refused("provider.keys", "The provider publishes no key we take. It must sign with RS256 or ES256.")

    def _claims(self, code: str, journey: Journey) -> Mapping[str, Any] | None:
        configuration = self._configuration(journey.place)
        with self._seats.taken(journey.place):
            given = self._reader.asked("POST", configuration.token, *self._exchange(code, journey, configuration))
            id_token = given.get("id_token")
            if not isinstance(id_token, str):
                return None
            keys = self._reader.key_set(configuration)
        expected = token.Expected(self._client.issuer, self._client.client_id, journey.nonce, clock.now())
        return token.proven(id_token, keys, expected)

    def _exchange(self, code: str, journey: Journey, configuration: Configuration) -> tuple[bytes, dict[str, str]]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": journey.back,
            "code_verifier": journey.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self._client.secret and not configuration.posts_secret:
            headers["Authorization"] = f"Basic {self._basic()}"
        else:
            form |= {"client_id": self._client.client_id}
            form |= {"client_secret": self._client.secret} if self._client.secret else {}
        return urlencode(form).encode(), headers

    def _basic(self) -> str:
        pair = f"{quote(self._client.client_id, safe='')}:{quote(self._client.secret, safe='')}"
        return b64encode(pair.encode()).decode()

    def _strong(self, claims: Mapping[str, Any]) -> bool:
        methods = claims.get("amr")
        said = [claims.get("acr"), *(methods if isinstance(methods, list) else [])]
        return any(isinstance(each, str) and each in self._second_factor for each in said)

    def _configuration(self, place: bytes) -> Configuration:
        """Return where things are, read at most every ten minutes: a flood at our door is none at the provider's."""
        if (known := self._fresh()) is not None:
            return known
        with self._seats.taken(place):
            # Whoever waited may find it read by whoever sat before.
            if (known := self._fresh()) is None:
                known = self._reader.configuration(self._client.issuer)
                self._known = (time.monotonic(), known)
            return known

    def _fresh(self) -> Configuration | None:
        known = self._known
        return known[1] if known is not None and time.monotonic() - known[0] <= KEPT_SECONDS else None


def _refusal() -> NotAllowed:
    return NotAllowed("provider.not-introduced", NOT_INTRODUCED)


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
