"""What testssl.sh and sslscan find in our server that is worse than good or neutral."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import our_side
from cases import Case
from findings import Finding
from lab import NAME, Lab, Place
from process import Deadline, Failed, free_port, running, tail

PATIENCE = 300.0  # seconds; testssl takes one or two minutes

# What they find, and why it is no fault of the server's. Anything else is one.
EXPLAINED = {
    "engine_problem": "about the openssl that testssl uses itself",
    "cert_revocation": "of the lab's certificates, which nobody revokes",
    "DNS_CAArecord": "localhost has no records in the DNS",
    "HSTS": "the page of --http asks nobody to come again",
    "TLSv1.3 disabled": "only TLS 1.2 is offered, as it should be",
    "OpenSSL version does not support compression": "about sslscan's own build",
    "Rebuild with zlib1g-dev package for zlib support": "about sslscan's own build",
}
COLOURS = re.compile(r"\x1b\[[\d;]*m")
WARNING_COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:31|33|35|41)m")  # red, yellow, purple


class Scanners:
    def __init__(self, program: str, labs: dict[str, Lab]) -> None:
        self._program = program
        self._labs = labs

    def run(self) -> list[Finding]:
        rsa, ec = self._labs["rsa"], self._labs["ec"]
        findings = []
        for scanner, scan in (("testssl", _testssl), ("sslscan", _sslscan)):
            if shutil.which(scanner) is None:
                findings.append(Finding(scanner, "skipped", "it is not installed"))
                continue
            with tempfile.TemporaryDirectory(prefix="glasstls-scan-") as name:
                place = Place(rsa, Path(name), free_port(), 0)
                both = ["--cert", ec.chain, "--key", ec.key]
                deadline = Deadline(PATIENCE)
                try:
                    with our_side.serving(
                        self._program, Case(scanner), place, "--http", deadline, both
                    ):
                        findings += [
                            _judged(scanner, *found)
                            for found in scan(place, ec, deadline)
                        ]
                except Failed as failure:
                    findings.append(Finding(scanner, "failed", str(failure)))
        return findings


def scanner_versions() -> dict[str, str]:
    versions = {}
    for package in ("testssl.sh", "sslscan"):
        command = ["dpkg-query", "-W", "-f", "${Version}", package]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        if said.returncode == 0:
            versions[package] = said.stdout.partition("-")[0].partition("+")[0]
    return versions


def _judged(scanner: str, key: str, words: str) -> Finding:
    reason = EXPLAINED.get(key)
    if reason is None:
        return Finding(f"{scanner}: {words}", "failed")
    return Finding(f"{scanner}: {words}", "explained", reason)


def _testssl(place: Place, other: Lab, deadline: Deadline) -> list[tuple[str, str]]:
    roots, report = place.folder / "roots.pem", place.folder / "report.json"
    roots.write_text(Path(place.lab.ca).read_text() + Path(other.ca).read_text())
    command = ["testssl", "--quiet", "--color", "0", "--warnings", "off"]
    command += [
        "--add-ca",
        str(roots),
        "--jsonfile",
        str(report),
        f"{NAME}:{place.port}",
    ]
    with running(command, place.folder, "testssl") as scanner:
        scanner.wait(deadline)
        if " Done " not in scanner.output():
            raise Failed(f"it did not come to its end: {tail(scanner)}")
    found = {}
    for entry in json.loads(report.read_text()):
        if entry["severity"] in ("OK", "INFO"):
            continue
        key = entry["id"].split(" ")[0]  # without the number of the certificate
        found[key] = f"{entry['severity']}, {key}: {entry['finding']}"
    return list(found.items())


def _sslscan(place: Place, _: Lab, deadline: Deadline) -> list[tuple[str, str]]:
    command = ["sslscan", f"--sni-name={NAME}", f"127.0.0.1:{place.port}"]
    with running(command, place.folder, "sslscan") as scanner:
        scanner.wait(deadline)
        lines = scanner.output().splitlines()
    if not any("Supported Server Cipher" in line for line in lines):
        raise Failed("it did not come to its end")
    marked = [COLOURS.sub("", line) for line in lines if WARNING_COLOURS.search(line)]
    return [
        (" ".join(line.split()), f"marked: {' '.join(line.split())}") for line in marked
    ]
