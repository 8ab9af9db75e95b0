"""An outside view on the harness: what `openssl speed` says of the same work of OpenSSL."""

import subprocess

SPEED = ["openssl", "speed", "-mr", "-seconds", "1"]
SECONDS = 60  # for one run, which takes some


def operations(text: str) -> dict[str, float]:
    """Nanoseconds of an operation, by name, of the lines that `openssl speed -mr` is told by."""
    found = {}
    for line in text.splitlines():
        fields = line.split(":")
        if fields[0] == "+F2" and len(fields) == 5:  # RSA: signatures, then verifications per second
            found["RSA-2048 signature"] = 1e9 / float(fields[3])
            found["RSA-2048 verification"] = 1e9 / float(fields[4])
        elif fields[0] == "+F5" and len(fields) == 5:  # ECDH: agreements per second
            found["x25519"] = 1e9 / float(fields[3])
        elif fields[0] == "+F" and len(fields) == 4:  # a cipher: bytes per second
            found["AES-256-GCM, 16 KiB"] = 1e9 * 16384 / float(fields[3])
    return found


def view(figures: list[dict]) -> list[dict]:
    """What OpenSSL's own program and the harness say of the same, in nanoseconds; empty without it."""
    try:
        text = ""
        for what in (["rsa2048", "ecdhx25519"], ["-bytes", "16384", "-evp", "aes-256-gcm"]):
            done = subprocess.run(
                SPEED + what, capture_output=True, text=True, timeout=SECONDS, check=True
            )
            text += done.stdout
        parts = operations(text)
        signature, verification = parts["RSA-2048 signature"], parts["RSA-2048 verification"]
        key, seal = parts["x25519"], parts["AES-256-GCM, 16 KiB"]
    except (OSError, subprocess.SubprocessError, KeyError, ValueError, ZeroDivisionError):
        return []
    ours = {f["task"]: f["median"] for f in figures if f["stack"] == "OpenSSL"}
    rows = [
        ("server, full: an RSA signature and two x25519", signature + 2 * key, "full-rsa-x25519-server"),
        (
            "client, full: two RSA verifications and two x25519",
            2 * verification + 2 * key,
            "full-rsa-x25519-client",
        ),
        ("a record of 16 KiB: AES-256-GCM alone", seal, "seal"),
    ]
    return [
        {"name": name, "speed_ns": speed, "harness_ns": ours[task]}
        for name, speed, task in rows
        if task in ours
    ]
