"""Keys that nobody guesses, and the hashes under which they are kept. What proves that a form was sent from a page of ours."""

import hashlib
import hmac
import secrets

KEY = 32
"""Bytes of a key: 256 bits of chance, so a plain hash of it gives nothing away."""


def new_key() -> str:
    return secrets.token_urlsafe(KEY)


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def proof_for(key: str) -> str:
    """What a form carries: only who has the cookie's key can work it out."""
    return hmac.new(key.encode(), b"form", hashlib.sha256).hexdigest()


def proves(proof: str, key: str) -> bool:
    return hmac.compare_digest(proof.encode(), proof_for(key).encode())
