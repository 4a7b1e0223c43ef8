"""Signing in at an OpenID Connect provider: the browser is sent there and comes back with a code, which is exchanged for who the person is.

State ties the answer to the question, the browser's own key ties both to one browser, the nonce ties the identity to the question, and
PKCE ties the exchange of the code to whoever began (RFC 9700, OpenID Connect Core 3.1).
"""

from collections.abc import Callable
from typing import Any

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from comity.portal.accounts.secrets import hash_of, new_key
from comity.portal.settings import Provider
from comity.register.sessions import Pending, Sessions

GOOD = 10 * 60
"""Seconds for signing in there."""
SECONDS = 10
ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "PS256"]
"""Those by which a provider signs; none with a shared key, and never `none`."""
LEEWAY = 60


class NotVouched(Exception):
    """The provider did not confirm who it is; the text says why, for the log of the portal."""


class Person(Struct, frozen=True, kw_only=True):
    """Whom the provider vouches for. `subject` is theirs for ever; `following` is where they wanted to go."""

    subject: str
    login: str
    name: str
    following: str


class SingleSignOn:
    """One provider. `clock` is given by tests."""

    def __init__(self, provider: Provider, sessions: Sessions, clock: Callable[[], float]) -> None:
        self._provider = provider
        self._sessions = sessions
        self._clock = clock

    def begin(self, *, back: str, browser: str, following: str) -> str:
        """The address at the provider to send the browser to. Raises NotVouched where the provider is out of reach."""
        state, nonce, verifier, now = new_key(), new_key(), generate_token(64), int(self._clock())
        with self._client() as client:
            known = self._described(client)
        address = prepare_grant_uri(
            known["authorization_endpoint"],
            self._provider.client,
            "code",
            redirect_uri=back,
            scope=["openid", "profile", "email"],
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        kept = Pending(browser=hash_of(browser), nonce=nonce, verifier=verifier, following=following)
        self._sessions.wait_for(state=hash_of(state), kept=kept, now=now, until=now + GOOD)
        return str(address)

    def finish(self, *, back: str, browser: str | None, state: str, code: str) -> Person:
        """Who came back. Raises NotVouched."""
        kept = self._sessions.take_pending(hash_of(state), int(self._clock()))
        if kept is None or browser is None or kept.browser != hash_of(browser):
            raise NotVouched("state")
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": kept.verifier}
        with self._client() as client:
            known = self._described(client)
            try:
                answer = client.post(known["token_endpoint"], data=asked, auth=(self._provider.client, self._provider.secret))
                keys = client.get(known["jwks_uri"]).raise_for_status().json()
                claims = self._claims(str(answer.raise_for_status().json().get("id_token", "")), keys, kept.nonce)
            except (httpx.HTTPError, JoseError, ValueError, KeyError) as error:
                raise NotVouched(str(error)) from error
        login = claims.get("preferred_username") or claims.get("email") or claims["sub"]
        name = claims.get("name") or login
        return Person(subject=f"{self._provider.issuer}|{claims['sub']}", login=str(login), name=str(name), following=kept.following)

    def _claims(self, token: str, keys: Any, nonce: str) -> dict[str, Any]:
        """What the identity token says, once its signature, issuer, audience, time and nonce are right."""
        decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        wanted = jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._provider.issuer},
            aud={"essential": True, "value": self._provider.client},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        wanted.validate(decoded.claims)
        return dict(decoded.claims)

    def _described(self, client: httpx.Client) -> dict[str, str]:
        """What the provider says of itself."""
        address = f"{self._provider.issuer}/.well-known/openid-configuration"
        try:
            known = client.get(address).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise NotVouched(str(error)) from error
        if known.get("issuer") != self._provider.issuer or any(
            not str(known.get(name, "")).startswith(("https://", "http://127.0.0.1", "http://localhost"))
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ):
            raise NotVouched(f"{address} describes another provider, or one without TLS")
        return dict(known)

    def _client(self) -> httpx.Client:
        return httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False)
