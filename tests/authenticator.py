"""An authenticator made of software, for tests without a browser. It answers as a security key does."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from safeconduct.accounts.passkeys import PasskeyAnswer, Site

HERE = Site("localhost", "http://localhost:8000")
PRESENT, WITH_CREDENTIAL = 0x01, 0x41


@dataclass
class Authenticator:
    """Holds one passkey. Change an attribute to have it answer wrongly."""

    site: Site = HERE
    counts: bool = True
    credential_id: bytes = field(default_factory=lambda: sha256(b"a key of Ines").digest())
    signed: int = 0
    flags: int = PRESENT
    _private: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def makes(self, challenge: str, browser: str) -> PasskeyAnswer:
        """Answer a challenge by making a passkey."""
        public = ES256.from_cryptography_key(self._private.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        said = AuthenticatorData.create(self._host(), WITH_CREDENTIAL, 0, credential)
        made = AttestationObject.create("none", said, {})
        return self._brought(challenge, browser, "webauthn.create", {"attestationObject": websafe_encode(made)})

    def answers(self, challenge: str, browser: str) -> PasskeyAnswer:
        """Answer a challenge by signing it."""
        self.signed += 1 if self.counts else 0
        said = AuthenticatorData.create(self._host(), self.flags, self.signed, b"")
        about = self._client("webauthn.get", challenge)
        signature = self._private.sign(bytes(said) + sha256(about).digest(), ECDSA(SHA256()))
        parts = {"authenticatorData": websafe_encode(said), "signature": websafe_encode(signature)}
        return self._brought(challenge, browser, "webauthn.get", parts)

    def _host(self) -> bytes:
        return sha256(self.site.host.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.site.origin}).encode()

    def _brought(self, challenge: str, browser: str, kind: str, parts: dict[str, str]) -> PasskeyAnswer:
        name = websafe_encode(self.credential_id)
        about = {"clientDataJSON": websafe_encode(self._client(kind, challenge))}
        text = json.dumps({"id": name, "rawId": name, "type": "public-key", "response": about | parts})
        return PasskeyAnswer(text, HERE, browser)
