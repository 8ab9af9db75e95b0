#!/usr/bin/env python3
"""Writes corpus.json beside this script: the verdicts that the chains of tests/data/x509 deserve, in
the form of the zoo's manifest. make.sh there says what each of them is."""

import json
import pathlib

EC, RSA = "ca-ec.pem", "ca-rsa.pem"

# name, file, rule broken (None: trusted), and what differs from the usual
CASES = [
    ("rsa", "server-rsa.pem", None, {"roots": RSA, "key": "server-rsa-key.pem"}),
    ("rsa-pss-signed", "server-rsa-pss.pem", None, {"roots": RSA, "key": "server-rsa-key.pem"}),
    ("p256", "server-ec256.pem", None, {}),
    ("p384", "server-ec384.pem", None, {"key": "server-ec384-key.pem"}),
    ("ed25519", "server-ed25519.pem", None, {"key": "server-ed25519-key.pem"}),
    ("client", "client-ec256.pem", None, {"purpose": "client", "server_name": None}),
    ("intermediate", "server-chain.pem", None, {}),
    ("unknown-harmless", "unknown-harmless.pem", None, {}),
    ("policies", "with-policies.pem", None, {}),
    ("constrained", "constrained-chain.pem", None, {"server_name": "a.test"}),
    ("wildcard", "wildcard.pem", None, {"server_name": "www.example.com"}),
    ("self-signed-and-trusted", "self-signed.pem", None, {"roots": "self-signed.pem"}),
    ("self-signed-ca-and-trusted", "self-signed-ca.pem", None,
     {"roots": "self-signed-ca.pem", "server_name": "test"}),
    ("self-signed", "self-signed.pem", "path to a trust anchor", {}),
    ("other-root", "server-ec256.pem", "path to a trust anchor", {"roots": RSA}),
    ("impostor", "server-by-impostor.pem", "signature", {}),
    ("impostor-without-identifiers", "server-by-impostor-no-ids.pem", "signature", {}),
    ("expired", "expired.pem", "validity", {}),
    ("not-yet-valid", "not-yet-valid.pem", "validity", {}),
    ("wrong-name", "wrong-name.pem", "name", {}),
    ("common-name-only", "cn-only.pem", "name", {"server_name": "test"}),
    ("wildcard-parent", "wildcard.pem", "name", {"server_name": "example.com"}),
    ("wrong-eku", "wrong-eku.pem", "extKeyUsage", {}),
    ("any-eku", "any-eku.pem", "extKeyUsage", {}),
    ("ca-for-clients", "eku-ca-chain.pem", "extKeyUsage", {}),
    ("wrong-key-usage", "wrong-key-usage.pem", "keyUsage", {}),
    ("ca-without-key-cert-sign", "no-cert-sign-chain.pem", "keyUsage", {}),
    ("ca-as-leaf", "ca-as-leaf.pem", "basicConstraints", {}),
    ("not-a-ca", "not-a-ca-chain.pem", "basicConstraints", {}),
    ("path-length", "path-length-chain.pem", "pathLenConstraint", {}),
    ("v1", "v1.pem", "version", {}),
    ("v1-ca", "v1-ca-chain.pem", "version", {}),
    ("name-not-permitted", "violated-chain.pem", "nameConstraints", {}),
    ("name-excluded", "excluded-chain.pem", "nameConstraints", {}),
    ("unknown-critical", "unknown-critical.pem", "critical extensions", {}),
    ("policy-required", "policy-required.pem", "policies", {}),
    ("sha1-signed", "sha1-signed.pem", "signature algorithm", {}),
    ("rsa-1024", "rsa-1024.pem", "public key", {"key": None}),
    ("p521", "p521.pem", "public key", {"key": None}),
]


def entry(name, file, rule, special):
    case = {
        "name": name,
        "chain": "../x509/" + file,
        "roots": ["../x509/" + special.get("roots", EC)],
        "purpose": special.get("purpose", "server"),
        "server_name": special.get("server_name", "localhost"),
        "time": "2026-06-01T00:00:00Z",
        "expected": "refused" if rule else "trusted",
        "rule": rule,
    }
    key = special.get("key", "server-ec256-key.pem")
    if key:
        case["key"] = "../x509/" + key
    return case


def main():
    manifest = {"schema": 1, "cases": [entry(*case) for case in CASES]}
    path = pathlib.Path(__file__).with_name("corpus.json")
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
