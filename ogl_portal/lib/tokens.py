"""Tokens of personal links that are mailed: 256 bit of chance, of which only the hash is stored."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """A token that nobody can guess, made of characters that an address takes as they are."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256 as hexadecimal digits."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
