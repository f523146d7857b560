"""A provider of OpenID Connect: where it asks who someone is, and what its answer is worth.

Authorization code with PKCE and nonce. The three secrets of one attempt come from one random value that only the
browser keeps, so that an answer is good in the browser that asked, and nothing has to be kept here.
"""

import base64
import hmac
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from campaign.errors.access import ProviderError

SECONDS = 10
SCOPE = "openid profile"
DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signed with the provider's private key; a shared secret would let the client's secret sign for anyone."""


@dataclass(slots=True)
class Provider:
    """A provider; what it tells about itself is asked for once, its keys again when one is unknown.

    Attributes:
        client_id: Under what name we are registered there.
        client_secret: What it knows us by; empty for a client that keeps none.
        claim: The claim of its answer that names the account.
        domain: The only domain that may stand around the staff code in it; with "" none may.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str
    domain: str = ""
    _metadata: dict[str, Any] | None = field(default=None, init=False, repr=False)
    _keys: KeySet | None = field(default=None, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def way_to(self, redirect: str, secret: str) -> str:
        """Return the address at which the provider asks who someone is.

        Raises:
            ProviderError: It does not answer.
        """
        address, _ = self._session(redirect).create_authorization_url(
            self._read_metadata()["authorization_endpoint"],
            state=derive(secret, "state"),
            nonce=derive(secret, "nonce"),
            code_verifier=derive(secret, "verifier"),
        )
        return cast("str", address)

    def account_of(self, redirect: str, secret: str, code: str) -> str:
        """Exchange *code* for the provider's answer and return the account that it names.

        Raises:
            ProviderError: It does not answer, or its answer is worth nothing.
        """
        try:
            token = self._session(redirect).fetch_token(
                self._read_metadata()["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=derive(secret, "verifier"),
            )
            claims = CodeIDToken(
                *self._read_signed(token["id_token"]),
                {"iss": {"essential": True, "values": [self.issuer]}},
                {"nonce": derive(secret, "nonce"), "client_id": self.client_id, "access_token": token["access_token"]},
            )
            claims.validate(leeway=60)
            return str(claims[self.claim])
        except KeyError as error:
            reason = f"the answer lacks {error}"
            raise ProviderError(reason) from error
        except (AuthlibBaseError, JoseError, requests.RequestException, ValueError) as error:
            raise ProviderError(repr(error)) from error

    def _session(self, redirect: str) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.client_secret else "none",
            scope=SCOPE,
            redirect_uri=redirect,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _read_metadata(self) -> dict[str, Any]:
        """Return what the provider tells about itself, asked for once.

        Raises:
            ProviderError: It does not answer, or is another.
        """
        with self._lock:
            if self._metadata is None:
                found = self._ask(self.issuer.rstrip("/") + DISCOVERY)
                if found.get("issuer") != self.issuer:
                    reason = f"the issuer calls itself {found.get('issuer')!r}"
                    raise ProviderError(reason)
                self._metadata = found
            return self._metadata

    def _read_signed(self, id_token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return claims and header of a token that the provider signed; keys are asked for again when one is new."""
        keys, self._keys = self._keys or self._ask_keys(), None
        try:
            token = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            keys = self._ask_keys()
            token = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS))
        self._keys = keys
        return token.claims, token.header

    def _ask_keys(self) -> KeySet:
        return KeySet.import_key_set(cast("Any", self._ask(self._read_metadata()["jwks_uri"])))

    def _ask(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=SECONDS)
            answer.raise_for_status()
            return cast("dict[str, Any]", answer.json())
        except (requests.RequestException, ValueError) as error:
            raise ProviderError(repr(error)) from error


def derive(secret: str, purpose: str) -> str:
    """Return one of the secrets of an attempt; it tells nothing of the others."""
    made = hmac.new(secret.encode(), f"campaign oidc {purpose}".encode(), sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
