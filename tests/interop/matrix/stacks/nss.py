import subprocess
import threading
from pathlib import Path

from cases import ALPN_CASE, Case
from lab import NAME, Lab, Place
from stacks.peer import REQUEST, Asking, Peer, Serving


class Nss(Peer):
    name = "NSS"
    package = "libnss3-tools"
    program = "tstclnt"
    version_command = ["dpkg-query", "-W", "-f", "${Version}", "libnss3"]
    client_lacks = {ALPN_CASE: "tstclnt has no option for it (its usage message)"}
    remarks = [
        "tstclnt refuses RSA certificates without keyEncipherment (SEC_ERROR_INADEQUATE_KEY_USAGE),"
        " though ECDHE_RSA only signs (RFC 5246, 7.4.2); there it is told to go on (`-o`)."
        " ECDSA certificates it verifies."
    ]

    def __init__(self) -> None:
        self._making = threading.Lock()

    def _database(self, lab: Lab) -> str:
        """NSS reads certificates and keys from its own database only."""
        folder = lab.folder / "nss"
        with self._making:
            if not folder.exists():
                folder.mkdir()
                _fill(folder, lab)
        return f"sql:{folder}"

    def server(self, case: Case, place: Place) -> Serving:
        command = ["selfserv", "-p", str(place.port), "-d", self._database(place.lab)]
        command += ["-e" if case.key == "ec" else "-n", "server", "-w", "", "-u", "-G"]
        if case.mutual:
            command += ["-r", "-r"]
        if case.alpn:
            command += ["-Q"]
        return Serving(command, text=REQUEST, answer="Generic Web Server")

    def client(self, case: Case, place: Place) -> Asking:
        request = place.folder / "request"
        request.write_text(REQUEST)
        command = ["tstclnt", "-4", "-h", NAME, "-p", str(place.port), "-u", "-G"]
        command += ["-d", self._database(place.lab), "-w", "", "-A", str(request)]
        command += ["-L", str(case.connections)]
        if case.key == "rsa":
            command += ["-o"]
        if case.mutual:
            command += ["-n", "client"]
        return Asking([command], mode="--http", answer="GET / HTTP/1.1")


def _fill(folder: Path, lab: Lab) -> None:
    database = f"sql:{folder}"
    _run(["certutil", "-N", "-d", database, "--empty-password"])
    _run(["certutil", "-A", "-d", database, "-t", "CT,C,C", "-n", "ca", "-i", lab.ca])
    for name, certificate, key in (
        ("server", lab.certificate, lab.key),
        ("client", lab.client_certificate, lab.client_key),
    ):
        bundle = str(folder / f"{name}.p12")
        command = ["openssl", "pkcs12", "-export", "-in", certificate, "-inkey", key]
        _run([*command, "-name", name, "-passout", "pass:x", "-out", bundle])
        _run(["pk12util", "-i", bundle, "-d", database, "-W", "x", "-K", ""])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)
