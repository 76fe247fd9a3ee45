"""Tokens of personal links."""

import base64

from ogl_portal.lib.tokens import hash_of, new_token


def test_new_token_has_256_bit_and_is_another_one_each_time():
    token = new_token()
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert token != new_token()


def test_hash_of_token_is_its_sha_256():
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(hash_of("\ud800")) == 64
