"""A passkey in software: what a browser and its authenticator would answer."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts import events
from accounts.models import User
from audit.acts import acting

HOST = "localhost"
ORIGIN = f"http://{HOST}"
FLAGS = AuthenticatorData.FLAG
CREDENTIAL_ID = b"a credential of the tests"


class Passkey:
    """One key pair for the host ``localhost``."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def give_to(self, user: User) -> Authenticator:
        """Keep the passkey as a person's, as the page that adds one does."""
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AttestedCredentialData.create(Aaguid.NONE, CREDENTIAL_ID, public)
        authenticator = AuthenticatorData.create(
            sha256(HOST.encode()), FLAGS.UP | FLAGS.UV | FLAGS.AT, 0, data
        )
        attestation = AttestationObject.create("none", authenticator, {})
        client = CollectedClientData.create("webauthn.create", b"c" * 32, ORIGIN)
        given = self._answer(clientDataJSON=client, attestationObject=attestation)
        with acting(by=user, name="add_passkey") as act:
            kept = Authenticator.objects.create(
                user=user,
                type=Authenticator.Type.WEBAUTHN,
                data={"name": "Test passkey", "credential": given},
            )
            act.record(events.FACTOR_ADDED, subject=user, data={"factor": "a passkey"})
        return kept

    def answer(self, options: str) -> dict[str, Any]:
        """Return the answer to the options that a page gave."""
        asked = json.loads(options)["publicKey"]
        return self.sign(asked["challenge"])

    def sign(self, challenge: str) -> dict[str, Any]:
        """Return the answer to a challenge (base64url)."""
        client = CollectedClientData.create("webauthn.get", challenge, ORIGIN)
        data = AuthenticatorData.create(sha256(HOST.encode()), FLAGS.UP | FLAGS.UV, 1)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        identifier = websafe_encode(CREDENTIAL_ID)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "response": {name: websafe_encode(bytes(value)) for name, value in response.items()},
            "clientExtensionResults": {},
        }
