"""What is tried with each peer, in each direction: the cases, one a row of the matrix."""

from dataclasses import dataclass

ALPN = "http/1.1"


@dataclass(frozen=True)
class Case:
    """A handshake that must come out in one way. What is None is left to the two sides."""

    name: str
    suite: str | None = None
    group: str | None = None
    key: str = (
        "rsa"  # of the server's certificate, as `glasstls cert lab --key` calls it
    )
    resumed: str | None = None  # "ticket" or "session_id", as our JSON calls it
    mutual: bool = False
    alpn: str | None = None

    @property
    def connections(self) -> int:
        return 2 if self.resumed else 1


def _suite(key: str, cipher: str) -> Case:
    kind = {"rsa": "RSA", "ec": "ECDSA"}[key]
    name = f"ECDHE_{kind}_WITH_{cipher}"
    return Case(name, suite=f"TLS_{name}", key=key)


CASES = [
    _suite("rsa", "AES_128_GCM_SHA256"),
    _suite("rsa", "AES_256_GCM_SHA384"),
    _suite("rsa", "CHACHA20_POLY1305_SHA256"),
    _suite("ec", "AES_128_GCM_SHA256"),
    _suite("ec", "AES_256_GCM_SHA384"),
    _suite("ec", "CHACHA20_POLY1305_SHA256"),
    Case("x25519", group="x25519"),
    Case("secp256r1", group="secp256r1"),
    Case("secp384r1", group="secp384r1"),
    Case("RSA certificate", key="rsa"),
    Case("ECDSA certificate", key="ec"),
    Case("resumption by ticket", resumed="ticket"),
    Case("resumption by session ID", resumed="session_id"),
    Case("mutual TLS", mutual=True),
    Case("ALPN", alpn=ALPN),
]

# Names of cases, for the peers' tables of what they lack.
TICKET = "resumption by ticket"
SESSION_ID = "resumption by session ID"
MUTUAL = "mutual TLS"
ALPN_CASE = "ALPN"
CHACHA20 = [case.name for case in CASES if "CHACHA20" in case.name]
assert {TICKET, SESSION_ID, MUTUAL, ALPN_CASE} <= {case.name for case in CASES}


def our_options(case: Case) -> list[str]:
    """What forces the case upon our side, be it client or server."""
    options = []
    if case.suite:
        options += ["--suites", case.suite]
    if case.group:
        options += ["--groups", case.group]
    if case.alpn:
        options += ["--alpn", case.alpn]
    if case.resumed == "session_id":
        options += ["--no-tickets"]
    return options
