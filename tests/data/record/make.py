#!/usr/bin/env python3
"""Writes protected_records.txt with Python's cryptography package, as RFC 5246 6.2.3.3, RFC 5288 and
RFC 7905 say: an independent implementation of what record/ does."""

import hashlib
import pathlib
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305


def stream(seed, size):
    return b"".join(hashlib.sha256(f"{seed} {i}".encode()).digest() for i in range(size // 32 + 1))[:size]


def record(algorithm, key, iv, number, kind, text):
    additional_data = struct.pack(">QBHH", number, kind, 0x0303, len(text))
    if algorithm == "CHACHA20_POLY1305":
        nonce = bytes(a ^ b for a, b in zip(iv, bytes(4) + struct.pack(">Q", number)))
        fragment = ChaCha20Poly1305(key).encrypt(nonce, text, additional_data)
    else:
        explicit = struct.pack(">Q", number)
        nonce = iv + explicit
        fragment = explicit + AESGCM(key).encrypt(nonce, text, additional_data)
    return nonce, additional_data, struct.pack(">BHH", kind, 0x0303, len(fragment)) + fragment


lines = ["# algorithm, write_key, write_IV, sequence number, content type, plaintext, nonce,",
         "# additional data, record. Made by make.py. '-' is an empty text."]
for algorithm, key_length, iv_length in [("AES_128_GCM", 16, 4), ("AES_256_GCM", 32, 4), ("CHACHA20_POLY1305", 32, 12)]:
    key, iv = stream("key " + algorithm, key_length), stream("iv " + algorithm, iv_length)
    for number, (kind, size) in enumerate([(22, 16), (23, 0), (23, 1), (21, 2), (23, 100)]):
        text = stream(f"text {size}", size)
        nonce, additional_data, sealed = record(algorithm, key, iv, number, kind, text)
        lines.append(" ".join([algorithm, key.hex(), iv.hex(), str(number), str(kind), text.hex() or "-", nonce.hex(),
                               additional_data.hex(), sealed.hex()]))
pathlib.Path(__file__).with_name("protected_records.txt").write_text("\n".join(lines) + "\n")
