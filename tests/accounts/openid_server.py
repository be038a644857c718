"""An organisation's OpenID Connect server, small: discovery, authorize, token, userinfo, keys.

It speaks real HTTP on a free port of this machine, and holds its client to the protocol: a code
serves once, to the client that it was made for, with the verifier (PKCE) that it was asked with.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT_ID = "the-register"
CLIENT_SECRET = "a-secret-of-the-tests"
ENDPOINTS = {
    "authorization_endpoint": "authorize",
    "token_endpoint": "token",
    "userinfo_endpoint": "userinfo",
    "jwks_uri": "keys",
}


def base64url(data: bytes) -> str:
    """Return bytes in the alphabet of tokens, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def of_number(number: int) -> str:
    """Return a whole number as keys write it."""
    return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


@dataclass
class OpenIDServer:
    """Vouches for whoever ``claims`` describes to whoever asks; ``audience`` is whom it tells."""

    key: RSAPrivateKey
    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    audience: str = CLIENT_ID
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """Return what discovery answers."""
        places = {name: f"{self.address}/{path}" for name, path in ENDPOINTS.items()}
        return places | {
            "issuer": self.address,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key."""
        numbers = self.key.public_key().public_numbers()
        shape = {"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig"}
        return {"keys": [shape | {"n": of_number(numbers.n), "e": of_number(numbers.e)}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where a person who has just signed in here is sent."""
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{answer}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code; None when the client is not the one that may have them."""
        asked = self.asked.pop(given["code"], None)
        challenge = base64url(sha256(given.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or (given["client_id"], given["client_secret"]) != (CLIENT_ID, CLIENT_SECRET)
            or given["redirect_uri"] != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return None
        return {"access_token": "an-access-token", "token_type": "Bearer", "id_token": self.id()}

    def id(self) -> str:
        """Return the signed token that says who it is (RFC 7519, RS256)."""
        now = int(time.time())
        facts = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60}
        parts = ({"alg": "RS256", "kid": "k1"}, facts | self.claims)
        text = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        return f"{text}.{base64url(self.key.sign(text.encode(), PKCS1v15(), SHA256()))}"


class _Handler(BaseHTTPRequestHandler):
    openid: OpenIDServer

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        if place.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.openid.authorize(asked))
            self.end_headers()
        elif place.path == "/userinfo":
            is_known = self.headers["Authorization"] == "Bearer an-access-token"
            self._answer(self.openid.claims if is_known else None)
        elif place.path == "/keys":
            self._answer(self.openid.keys())
        else:
            is_known = place.path == "/.well-known/openid-configuration"
            self._answer(self.openid.configuration() if is_known else None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.openid.token({name: v[0] for name, v in parse_qs(body).items()}))

    def _answer(self, facts: dict[str, Any] | None) -> None:
        body = json.dumps(facts or {"error": "invalid_request"}).encode()
        self.send_response(400 if facts is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[OpenIDServer]:
    """Run a server for as long as the block lasts."""
    openid = OpenIDServer(generate_private_key(public_exponent=65537, key_size=2048))
    handler = type("Handler", (_Handler,), {"openid": openid})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        openid.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield openid
        server.shutdown()
        thread.join()
