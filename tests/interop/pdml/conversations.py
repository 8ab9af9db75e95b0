"""Who talks with whom: real programs, over a relay that keeps what they say."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from process import Deadline, Failed, free_port, running, tail, wait_until_it_listens
from relay import Relay

INTEROP = Path(__file__).resolve().parents[1]
IDENTITIES = INTEROP.parent / "data" / "x509"
LINE = "hello from the relay\n"
SECONDS = 20.0  # for one conversation
TLS12 = "-tls1_2"
GNUTLS_12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2"


@dataclass
class Place:
    """Where a conversation takes place."""

    program: str  # glasstls
    folder: Path
    port: int = 0  # where the server listens; of the relay, for a client

    @property
    def key_log(self) -> str:
        return str(self.folder / "keys")

    def file(self, name: str) -> str:
        return str(self.folder / name)


@dataclass
class Words:
    """A program with its arguments."""

    command: list[str]
    says: str = ""  # on its standard input
    hears: str = ""  # on its standard output, before its input is ended


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


def identity(name: str) -> tuple[str, str]:
    return str(IDENTITIES / f"{name}.pem"), str(IDENTITIES / f"{name}-key.pem")


def ca(name: str = "rsa") -> str:
    return str(IDENTITIES / f"ca-{name}.pem")


# --- OpenSSL ------------------------------------------------------------------------------------


def s_server(own: str = "server-rsa", *options: str) -> Callable[[Place], Words]:
    certificate, key = identity(own)

    def words(place: Place) -> Words:
        command = ["openssl", "s_server", "-accept", f"127.0.0.1:{place.port}", "-rev"]
        command += ["-cert", certificate, "-key", key]
        return Words(command + [option.format(place=place) for option in options])

    return words


def s_client(*options: str, answer: str = LINE[-2::-1]) -> Callable[[Place], Words]:
    def words(place: Place) -> Words:
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{place.port}"]
        command += ["-keylogfile", place.key_log, "-servername", "localhost"]
        command += ["-quiet", "-no_ign_eof"]
        command += [option.format(place=place) for option in options]
        return Words(command, LINE, answer)

    return words


def with_cipher(cipher: str, own: str = "server-rsa", opened: bool = True) -> Conversation:
    options = [TLS12, "-cipher", f"{cipher}:@SECLEVEL=0"]
    return Conversation(
        f"OpenSSL, {cipher}",
        s_server(own, *options),
        [s_client(*options)],
        ["openssl"],
        opened=opened,
    )


def make_ocsp_response(place: Place) -> None:
    """Of the server's certificate, by its CA: it is not revoked."""
    certificate, _ = identity("server-rsa")
    index = Path(place.file("index"))
    serial = _output(["openssl", "x509", "-in", certificate, "-noout", "-serial"])
    number = serial.strip().removeprefix("serial=")
    index.write_text(f"V\t450101000000Z\t\t{number}\tunknown\t/CN=test\n")
    command = ["openssl", "ocsp", "-index", str(index), "-issuer", ca()]
    command += ["-cert", certificate, "-CA", ca(), "-rsigner", ca()]
    command += ["-rkey", str(IDENTITIES / "ca-rsa-key.pem"), "-ndays", "7"]
    _output([*command, "-respout", place.file("ocsp.der")])


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout


CLIENT_IDENTITY = [
    "-cert",
    str(IDENTITIES / "client-ec256.pem"),
    "-key",
    str(IDENTITIES / "server-ec256-key.pem"),
]

OPENSSL = [
    with_cipher("ECDHE-RSA-AES256-GCM-SHA384"),
    with_cipher("ECDHE-ECDSA-CHACHA20-POLY1305", "server-ec256"),
    with_cipher("ECDHE-ECDSA-AES128-GCM-SHA256", "server-ed25519"),
    with_cipher("ECDHE-RSA-AES128-SHA", opened=False),
    with_cipher("AES128-SHA", opened=False),
    with_cipher("AES256-GCM-SHA384", opened=False),
    with_cipher("DHE-RSA-AES128-GCM-SHA256", opened=False),
    with_cipher("DHE-RSA-AES256-SHA256", opened=False),
    Conversation(
        "OpenSSL, mutual certificates with a chain",
        s_server(
            "server-rsa", TLS12, "-Verify", "3", "-CAfile", ca("ec"), "-cert_chain", ca()
        ),
        [s_client(TLS12, *CLIENT_IDENTITY)],
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

# --- GnuTLS -------------------------------------------------------------------------------------


def gnutls_serv(own: str, *options: str) -> Callable[[Place], Words]:
    certificate, key = identity(own)

    def words(place: Place) -> Words:
        command = ["gnutls-serv", "--port", str(place.port), "--echo"]
        command += ["--x509certfile", certificate, "--x509keyfile", key]
        return Words(command + list(options))

    return words


def gnutls_cli(*options: str) -> Callable[[Place], Words]:
    def words(place: Place) -> Words:
        command = ["gnutls-cli", "127.0.0.1", "--port", str(place.port)]
        command += ["--no-ca-verification", "--sni-hostname", "localhost"]
        return Words(command + list(options), LINE, LINE)

    return words


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
                CLIENT_IDENTITY[1],
                "--x509keyfile",
                CLIENT_IDENTITY[3],
            )
        ],
        ["gnutls-serv", "gnutls-cli"],
    ),
]

# --- Python, curl, Chromium, GlassTLS -------------------------------------------------------------


def python_peer(*arguments: str) -> Callable[[Place], Words]:
    script = str(INTEROP / "peers" / "python_peer.py")

    def words(place: Place) -> Words:
        role, *others = arguments
        return Words([sys.executable, script, role, str(place.port), *others])

    return words


def curl(place: Place) -> Words:
    url = f"https://localhost:{place.port}/"
    command = ["curl", "--silent", "--show-error", "--insecure", "--tls-max", "1.2"]
    return Words([*command, "--resolve", f"localhost:{place.port}:127.0.0.1", url, url])


NGINX = """
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    location / {{ return 200 "hello from nginx\\n"; }}
  }}
}}
"""


def nginx(place: Place) -> Words:
    certificate, key = identity("server-rsa")
    file = place.folder / "nginx.conf"
    file.write_text(NGINX.format(port=place.port, certificate=certificate, key=key))
    return Words(["nginx", "-p", str(place.folder), "-e", "stderr", "-c", str(file)])


def chromium(place: Place) -> Words:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--disable-dev-shm-usage", "--no-first-run", "--dump-dom"]
    command += ["--disable-background-networking", "--disable-component-update"]
    command += [f"--user-data-dir={place.folder}/profile"]
    command += ["--ignore-certificate-errors", "--host-resolver-rules=MAP * 127.0.0.1"]
    return Words([*command, f"https://localhost:{place.port}/"])


def our_server(*options: str) -> Callable[[Place], Words]:
    def words(place: Place) -> Words:
        command = [place.program, "server", "--listen", str(place.port)]
        return Words(command + [option.format(place=place) for option in options])

    return words


def our_client(*options: str) -> Callable[[Place], Words]:
    def words(place: Place) -> Words:
        command = [place.program, "client", f"127.0.0.1:{place.port}", "--name", "localhost"]
        command += ["--ca", ca("rsa"), "--ca", ca("ec"), "--send", LINE, "--half-close"]
        command += ["--keylog", place.key_log]
        return Words(command + [option.format(place=place) for option in options])

    return words


def own(name: str) -> list[str]:
    certificate, key = identity(name)
    return ["--cert", certificate, "--key", key]


def make_timestamps(place: Place) -> None:
    """A list of one signed certificate timestamp, which nobody signed. RFC 6962, 3.3."""
    signed = bytes(1) + bytes(range(32)) + bytes(8) + bytes(2) + bytes.fromhex("0403")
    timestamp = signed + (8).to_bytes(2, "big") + bytes(8)
    entry = len(timestamp).to_bytes(2, "big") + timestamp
    Path(place.file("sct")).write_bytes(len(entry).to_bytes(2, "big") + entry)


CLIENT_IDENTITY_OF_OURS = ["--cert", CLIENT_IDENTITY[1], "--key", CLIENT_IDENTITY[3]]

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
        "curl with our server", our_server("--http", *own("server-rsa")), [curl], ["curl"]
    ),
    Conversation(
        "Chromium with our server",
        our_server("--http", *own("server-rsa"), "--sct", "{place.folder}/sct"),
        [chromium],
        ["chromium"],
        make_timestamps,
    ),
    Conversation(
        "our own, all that there is",
        our_server(
            "--echo",
            *own("server-rsa"),
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
        our_server("--echo", "--no-tickets", *own("server-ec384")),
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
