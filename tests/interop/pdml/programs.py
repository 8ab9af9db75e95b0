"""The programs that talk: how each is started as a server and as a client, and the files that they
need."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

INTEROP = Path(__file__).resolve().parents[1]
IDENTITIES = INTEROP.parent / "data" / "x509"
OTHER_CERTIFICATES = [
    *["constrained-ca", "excluded-ca", "path-length-ca", "policy-required", "with-policies"],
    *["server-rsa-pss", "p521", "ca-ec", "v1", "wildcard", "cn-only", "sha1-signed"],
]
LINE = "hello from the relay\n"


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


def identity(name: str) -> tuple[str, str]:
    return str(IDENTITIES / f"{name}.pem"), str(IDENTITIES / f"{name}-key.pem")


def ca(name: str = "rsa") -> str:
    return str(IDENTITIES / f"ca-{name}.pem")


CLIENT_CERTIFICATE = str(IDENTITIES / "client-ec256.pem")
CLIENT_KEY = str(IDENTITIES / "server-ec256-key.pem")


# --- OpenSSL ------------------------------------------------------------------------------------


def s_server(own: str = "server-rsa", *options: str) -> Callable[[Place], Words]:
    """`own`: of tests/data/x509; "": what make_rich_certificate() made."""
    rich = ("{place.folder}/rich.pem", "{place.folder}/rich-key.pem")
    certificate, key = identity(own) if own else rich

    def words(place: Place) -> Words:
        command = ["openssl", "s_server", "-accept", f"127.0.0.1:{place.port}", "-rev"]
        command += ["-cert", certificate.format(place=place), "-key", key.format(place=place)]
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


def ours(name: str) -> list[str]:
    certificate, key = identity(name)
    return ["--cert", certificate, "--key", key]


# --- Files ----------------------------------------------------------------------------------------


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


# What a certificate may say, beyond those of tests/data/x509.
EXTENSIONS = [
    "keyUsage=critical,digitalSignature,keyAgreement,encipherOnly,decipherOnly",
    "extendedKeyUsage=serverAuth,clientAuth,1.2.3.4",
    "subjectAltName=DNS:*.example,email:a@example,URI:https://example/,RID:1.2.3.4,dirName:who,"
    "otherName:1.2.3.4;UTF8:other",
    "issuerAltName=DNS:issuer.example",
    "authorityInfoAccess=OCSP;URI:http://example/ocsp,caIssuers;URI:http://example/ca",
    "crlDistributionPoints=URI:http://example/crl",
    "certificatePolicies=1.2.3.4,@policy",
    "tlsfeature=status_request",
    "1.2.3.4.5=DER:0500",
]

CONFIGURATION = """
[req]
distinguished_name = who
prompt = no
string_mask = default
[who]
C = DE
ST = Somewhere
L = Anywhere
O = Example, Inc.
OU = Unit
CN = rich.example
emailAddress = a@example
[policy]
policyIdentifier = 2.23.140.1.2.1
CPS.1 = https://example/cps
userNotice.1 = @notice
[notice]
explicitText = UTF8:notice
"""


def make_rich_certificate(place: Place) -> None:
    """rich.pem with rich-key.pem, valid beyond 2050; and chain.pem: others of all kinds."""
    configuration = Path(place.file("rich.cnf"))
    configuration.write_text(CONFIGURATION)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-config", str(configuration), "-days", "12000"]
    command += ["-keyout", place.file("rich-key.pem"), "-out", place.file("rich.pem")]
    for extension in EXTENSIONS:
        command += ["-addext", extension]
    _output(command)
    chain = [(IDENTITIES / f"{name}.pem").read_text() for name in OTHER_CERTIFICATES]
    Path(place.file("chain.pem")).write_text("".join(chain))


def make_timestamps(place: Place) -> None:
    """A list of one signed certificate timestamp, which nobody signed. RFC 6962, 3.3."""
    signed = bytes(1) + bytes(range(32)) + bytes(8) + bytes(2) + bytes.fromhex("0403")
    timestamp = signed + (8).to_bytes(2, "big") + bytes(8)
    entry = len(timestamp).to_bytes(2, "big") + timestamp
    Path(place.file("sct")).write_bytes(len(entry).to_bytes(2, "big") + entry)
