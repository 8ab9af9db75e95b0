#!/usr/bin/env python3
"""Writes key_schedule.txt with Python's hmac and hashlib alone: the PRF of RFC 5246, 5, and what
RFC 5246, 6.3, 7.4.9 and 8.1 and RFC 7627, 4 make of it."""

import hashlib
import hmac
import pathlib


def stream(seed, size):
    return b"".join(hashlib.sha256(f"{seed} {i}".encode()).digest() for i in range(size // 32 + 1))[:size]


def prf(digest, secret, label, seed, size):
    seed = label.encode() + seed
    out, a = b"", seed
    while len(out) < size:
        a = hmac.digest(secret, a, digest)
        out += hmac.digest(secret, a + seed, digest)
    return out[:size]


lines = ["# name = value in hexadecimal, one block for each suite. Made by make.py."]
for suite, digest, key, iv in [(0xC030, "sha384", 32, 4), (0xC02F, "sha256", 16, 4), (0xCCA8, "sha256", 32, 12)]:
    client, server, premaster = stream("client", 32), stream("server", 32), stream("premaster", 32)
    session_hash = hashlib.new(digest, b"all messages up to ClientKeyExchange").digest()
    values = {"suite": suite.to_bytes(2, "big"), "client_random": client, "server_random": server,
              "premaster_secret": premaster, "session_hash": session_hash}
    for prefix, master in [("plain", prf(digest, premaster, "master secret", client + server, 48)),
                           ("extended", prf(digest, premaster, "extended master secret", session_hash, 48))]:
        block = prf(digest, master, "key expansion", server + client, 2 * (key + iv))
        values |= {f"{prefix} master_secret": master, f"{prefix} client_write_key": block[:key],
                   f"{prefix} server_write_key": block[key:2 * key],
                   f"{prefix} client_write_IV": block[2 * key:2 * key + iv],
                   f"{prefix} server_write_IV": block[2 * key + iv:],
                   f"{prefix} client_finished": prf(digest, master, "client finished", session_hash, 12),
                   f"{prefix} server_finished": prf(digest, master, "server finished", session_hash, 12)}
    lines += [""] + [f"{name} = {value.hex()}" for name, value in values.items()]
pathlib.Path(__file__).with_name("key_schedule.txt").write_text("\n".join(lines) + "\n")
