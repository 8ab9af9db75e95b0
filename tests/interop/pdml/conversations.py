"""Who talks with whom: real programs, over a relay that keeps what they say."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from process import Deadline, Failed, free_port, running, tail, wait_until_it_listens
from programs import (
    CLIENT_CERTIFICATE,
    CLIENT_KEY,
    Place,
    Words,
    ca,
    chromium,
    curl,
    gnutls_cli,
    gnutls_serv,
    identity,
    make_ocsp_response,
    make_rich_certificate,
    make_timestamps,
    nginx,
    our_client,
    our_server,
    ours,
    python_peer,
    s_client,
    s_server,
)
from relay import Relay

SECONDS = 20.0  # for one conversation
TLS12 = "-tls1_2"
GNUTLS_12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2"


@dataclass
class Conversation:
    name: str
    server: Callable[[Place], Words]
    clients: list[Callable[[Place], Words]]  # one after the other
    needs: list[str] = field(default_factory=list)  # programs
    prepare: Callable[[Place], None] | None = None
    opened: bool = True  # False: we do not decrypt it, and tshark shall not

    def missing(self) -> list[str]:
        return [name for name in self.needs if shutil.which(name) is None]


def with_cipher(
    cipher: str, own: str = "server-rsa", opened: bool = True, version: str = TLS12
) -> Conversation:
    options = [version, "-cipher", f"{cipher}:@SECLEVEL=0"]
    return Conversation(
        f"OpenSSL, {cipher}" + ("" if version == TLS12 else f", {version}"),
        s_server(own, *options),
        [s_client(*options)],
        ["openssl"],
        opened=opened,
    )


def with_psk(cipher: str) -> Conversation:
    """Of a key exchange that tshark takes apart: not DHE_PSK, nor ECDHE_PSK."""
    options = [TLS12, "-cipher", cipher, "-psk", "0102"]
    return Conversation(
        f"OpenSSL, {cipher}",
        s_server("server-rsa", *options, "-psk_hint", "hint"),
        [s_client(*options)],
        ["openssl"],
        opened=False,
    )


CLIENT_IDENTITY = ["-cert", CLIENT_CERTIFICATE, "-key", CLIENT_KEY]

OPENSSL = [
    with_cipher("ECDHE-RSA-AES256-GCM-SHA384"),
    with_cipher("ECDHE-ECDSA-CHACHA20-POLY1305", "server-ec256"),
    with_cipher("ECDHE-ECDSA-AES128-GCM-SHA256", "server-ed25519"),
    with_cipher("ECDHE-RSA-AES128-SHA", opened=False),
    with_cipher("AES128-SHA", opened=False),
    with_cipher("AES256-GCM-SHA384", opened=False),
    with_cipher("DHE-RSA-AES128-GCM-SHA256", opened=False),
    with_cipher("DHE-RSA-AES256-SHA256", opened=False),
    with_cipher("ADH-AES128-SHA256", opened=False),
    with_cipher("AECDH-AES128-SHA", opened=False),
    with_psk("PSK-AES128-GCM-SHA256"),
    with_psk("RSA-PSK-AES128-GCM-SHA256"),
    with_cipher("ECDHE-RSA-AES128-SHA", opened=False, version="-tls1"),
    with_cipher("DHE-RSA-AES128-SHA", opened=False, version="-tls1_1"),
    Conversation(
        "OpenSSL, mutual certificates with a chain",
        s_server(
            "server-rsa", TLS12, "-Verify", "3", "-CAfile", ca("ec"), "-cert_chain", ca()
        ),
        [s_client(TLS12, *CLIENT_IDENTITY)],
        ["openssl"],
    ),
    Conversation(
        "OpenSSL, certificates of all kinds",
        s_server(
            "",
            *[TLS12, "-cipher", "ALL:@SECLEVEL=0"],
            *["-cert_chain", "{place.folder}/chain.pem"],
        ),
        [s_client(TLS12)],
        ["openssl"],
        make_rich_certificate,
    ),
    Conversation(
        "OpenSSL, rare extensions",
        s_server("server-rsa", TLS12, "-nextprotoneg", "h2,http/1.1"),
        [s_client(TLS12, "-nextprotoneg", "http/1.1", "-maxfraglen", "1024")],
        ["openssl"],
    ),
    Conversation(
        "OpenSSL, a stapled OCSP response and ALPN",
        s_server(
            "server-rsa", TLS12, "-status_file", "{place.folder}/ocsp.der", "-alpn", "h2,http/1.1"
        ),
        [s_client(TLS12, "-status", "-alpn", "http/1.1,h2", answer="")],
        ["openssl"],
        make_ocsp_response,
    ),
    Conversation(
        "OpenSSL, resumed by a ticket",
        s_server("server-rsa", TLS12),
        [
            s_client(TLS12, "-sess_out", "{place.folder}/session"),
            s_client(TLS12, "-sess_in", "{place.folder}/session"),
        ],
        ["openssl"],
    ),
    Conversation(
        "OpenSSL, resumed by a session ID, messages in several records",
        s_server(
            "server-ec384", TLS12, "-no_ticket", "-max_send_frag", "512", "-cert_chain", ca("ec")
        ),
        [
            s_client(TLS12, "-sess_out", "{place.folder}/session"),
            s_client(TLS12, "-sess_in", "{place.folder}/session"),
        ],
        ["openssl"],
    ),
    Conversation(
        "OpenSSL, TLS 1.3",
        s_server("server-rsa"),
        [s_client("-alpn", "h2,http/1.1", "-status")],
        ["openssl"],
        opened=False,
    ),
    Conversation(
        "OpenSSL, TLS 1.3, resumed after another hello",
        s_server("server-rsa", "-groups", "P-384"),
        [
            s_client("-sess_out", "{place.folder}/session"),
            s_client("-sess_in", "{place.folder}/session"),
        ],
        ["openssl"],
        opened=False,
    ),
    Conversation(
        "OpenSSL, no suite in common",
        s_server("server-rsa", TLS12, "-cipher", "ECDHE-RSA-AES256-GCM-SHA384"),
        [s_client(TLS12, "-cipher", "ECDHE-RSA-AES128-GCM-SHA256", answer="")],
        ["openssl"],
    ),
]


def gnutls(
    name: str, own: str, priority: str, *both: str, opened: bool = True
) -> Conversation:
    options = ["--priority", priority, *both]
    return Conversation(
        f"GnuTLS, {name}",
        gnutls_serv(own, "--disable-client-cert", *options),
        [gnutls_cli(*options)],
        ["gnutls-serv", "gnutls-cli"],
        opened=opened,
    )


GNUTLS = [
    gnutls("TLS 1.2 and ALPN", "server-rsa", GNUTLS_12, "--alpn", "http/1.1"),
    gnutls("ECDSA", "server-ec256", f"{GNUTLS_12}:-GROUP-ALL:+GROUP-SECP384R1:+GROUP-SECP256R1"),
    gnutls("DHE", "server-rsa", f"{GNUTLS_12}:-KX-ALL:+DHE-RSA", opened=False),
    gnutls(
        "RSA and CBC",
        "server-rsa",
        f"{GNUTLS_12}:-KX-ALL:+RSA:-CIPHER-ALL:+AES-128-CBC",
        opened=False,
    ),
    gnutls("TLS 1.3", "server-rsa", "NORMAL", opened=False),
    Conversation(
        "GnuTLS, resumed, with a client's certificate",
        gnutls_serv("server-rsa", "--priority", GNUTLS_12, "--x509cafile", ca("ec")),
        [
            gnutls_cli(
                "--priority",
                GNUTLS_12,
                "--resume",
                "--x509certfile",
                CLIENT_CERTIFICATE,
                "--x509keyfile",
                CLIENT_KEY,
            )
        ],
        ["gnutls-serv", "gnutls-cli"],
    ),
]

CLIENT_IDENTITY_OF_OURS = ["--cert", CLIENT_CERTIFICATE, "--key", CLIENT_KEY]

OTHERS = [
    Conversation(
        "Python's client with OpenSSL, resumed, with ALPN",
        s_server("server-rsa", TLS12, "-alpn", "http/1.1"),
        [python_peer("client", ca(), "-", "-", "http/1.1", "2")],
        ["python3", "openssl"],
    ),
    Conversation(
        "our client with Python's server, with a certificate",
        python_peer("server", *identity("server-rsa"), ca("ec"), "http/1.1"),
        [our_client("--alpn", "http/1.1", *CLIENT_IDENTITY_OF_OURS)],
        ["python3"],
    ),
    Conversation("curl with nginx", nginx, [curl], ["curl", "nginx"]),
    Conversation(
        "curl with our server", our_server("--http", *ours("server-rsa")), [curl], ["curl"]
    ),
    Conversation(
        "Chromium with our server",
        our_server("--http", *ours("server-rsa"), "--sct", "{place.folder}/sct"),
        [chromium],
        ["chromium"],
        make_timestamps,
    ),
    Conversation(
        "our own, all that there is",
        our_server(
            "--echo",
            *ours("server-rsa"),
            *["--require-client-cert", "--client-ca", ca("ec"), "--alpn", "http/1.1"],
            *["--ocsp", "{place.folder}/ocsp.der"],
        ),
        [
            our_client(
                *CLIENT_IDENTITY_OF_OURS,
                *["--alpn", "http/1.1", "--status", "--record-size-limit", "512"],
                *["--reconnect", "1"],
            )
        ],
        ["openssl"],
        make_ocsp_response,
    ),
    Conversation(
        "our own, ECDSA and session IDs",
        our_server("--echo", "--no-tickets", *ours("server-ec384")),
        [our_client("--no-tickets", "--groups", "secp384r1,x25519", "--reconnect", "1")],
    ),
    Conversation(
        "our client with OpenSSL", s_server("server-ec384", TLS12), [our_client()], ["openssl"]
    ),
]

ALL = [*OPENSSL, *GNUTLS, *OTHERS]


def hold(conversation: Conversation, place: Place) -> list[str]:
    """Its lines for write_capture. Failed if a program does not do its part."""
    deadline = Deadline(SECONDS)
    environment = {"SSLKEYLOGFILE": place.key_log, "HOME": str(place.folder)}
    if conversation.prepare:
        conversation.prepare(place)
    place.port = free_port()
    with ExitStack() as stack:
        server = stack.enter_context(
            running(conversation.server(place).command, place.folder, "server")
        )
        wait_until_it_listens(server, place.port, deadline)
        relay = Relay(place.port)
        for number, make in enumerate(conversation.clients):
            words = make(Place(place.program, place.folder, relay.port))
            client = stack.enter_context(
                running(words.command, place.folder, f"client{number}", environment)
            )
            client.write(words.says)
            deadline.wait(
                lambda: words.hears in client.output() or client.ended(),
                f"{words.hears!r} from {words.command[0]}",
            )
            if words.hears not in client.output():
                raise Failed(f"{words.command[0]} ended: {tail(client)}")
            client.end_input()
            client.wait(deadline)
        relay.close(deadline.left())
    key_log = Path(place.key_log)
    if not conversation.opened:
        key_log.write_bytes(b"")
    secrets = key_log.read_bytes()
    lines = [
        line
        for connection in relay.connections
        if connection.lines
        for line in connection.script(secrets)
    ]
    if not any(line.startswith("data") for line in lines):
        raise Failed("nothing was said")
    return lines
